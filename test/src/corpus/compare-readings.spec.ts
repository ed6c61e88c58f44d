import type { MakeReading, MakeTarget } from '@switchyard/tools/make';
import { describe, expect, test } from 'vitest';
import { compareExposed } from './compare-exposed.ts';
import { compareReadings } from './compare-readings.ts';
import type { Comparison } from './comparison.ts';
import { renderComparison } from './render-report.ts';
import { isGoodEnough, sumUp } from './totals.ts';

function target(name: string, more: Partial<MakeTarget> = {}): MakeTarget {
  const plain = {
    phony: false,
    prerequisites: [],
    orderOnly: [],
    recipe: [],
    doubleColon: false,
    variables: [],
  };
  return { name, ...plain, ...more };
}

function reading(targets: readonly MakeTarget[], more: Partial<MakeReading> = {}): MakeReading {
  return {
    fidelity: 'exact',
    makefile: '/p/Makefile',
    makefiles: ['/p/Makefile'],
    targets,
    variables: {},
    exported: [],
    features: { notParallel: false, readsGoals: false, oneShell: false },
    sources: { files: [], folders: [], environment: {} },
    unanswered: [],
    ...more,
  };
}

function compare(ours: MakeReading, make: MakeReading): Comparison {
  return {
    makefile: 'Makefile',
    milliseconds: { ours: 1, make: 2 },
    hidden: [],
    ...compareReadings(ours, make),
  };
}

const phony = { phony: true };

describe('two readings', () => {
  test('that say the same are equal, in whatever order the targets come', () => {
    const targets = [target('a', { prerequisites: ['b'] }), target('b', phony)];
    const comparison = compare(reading(targets.toReversed()), reading(targets));
    expect(comparison).toMatchObject({
      verdict: 'equal',
      differences: [],
      targets: 2,
      phony: 1,
      phonyFound: 1,
    });
    expect(renderComparison('r', comparison)).toEqual([]);
    expect(isGoodEnough(sumUp([comparison]))).toBe(true);
  });

  test('that differ say in what, missing phony targets first', () => {
    const ours = reading(
      [target('a', { prerequisites: ['y', 'x'], orderOnly: ['o'] }), target('b', phony), target('c')],
      {
        defaultGoal: 'a',
      },
    );
    const make = reading([
      target('a', { prerequisites: ['x', 'y'] }),
      target('b'),
      target('d'),
      target('e', phony),
    ]);
    const comparison = compare(ours, make);
    expect(renderComparison('r', comparison)).toEqual([
      'r/Makefile: different',
      '  MISSING PHONY TARGET e',
      '  a: order of prerequisites: make has x y, we have y x',
      '  a: order-only: extra o',
      '  b: is phony for us, not for make',
      '  missing target d',
      '  extra target c',
      '  default goal: make has "", we have "a"',
    ]);
    expect(isGoodEnough(sumUp([comparison]))).toBe(false);
  });

  test('of a Makefile that make rejects must both have a problem', () => {
    const make = reading([target('a')], { fidelity: 'approximate', problem: 'Makefile:1: *** no.  Stop.' });
    expect(compare(reading([]), make)).toMatchObject({
      verdict: 'rejected',
      differences: [{ kind: 'problem not reported' }],
    });
    expect(compare(make, make)).toMatchObject({ verdict: 'rejected', differences: [] });
    expect(sumUp([compare(reading([]), make)])).toMatchObject({
      rejected: 1,
      rejectedUnreported: 1,
      targets: 0,
    });
  });

  test('of which only ours stopped are different', () => {
    const make = reading([target('a')]);
    const ours = reading([target('a')], { fidelity: 'approximate', problem: 'too long' });
    expect(renderComparison('r', compare(ours, make))[1]).toBe('  stopped: too long');
  });
});

test('one difference in twenty is good enough, two are not, nor is a lost phony target', () => {
  const equal = compare(reading([target('a')]), reading([target('a')]));
  const different = compare(reading([]), reading([target('a')]));
  const lost = compare(reading([]), reading([target('a', phony)]));
  const nineteen = Array.from({ length: 19 }, () => equal);
  expect(isGoodEnough(sumUp([...nineteen, different]))).toBe(true);
  expect(isGoodEnough(sumUp([...nineteen, different, different]))).toBe(false);
  expect(isGoodEnough(sumUp([...nineteen, lost]))).toBe(false);
});

test('a public phony target is exposed or has a reason', () => {
  const make = reading([
    target('a', phony),
    target('b', phony),
    target('c', phony),
    target('_d', phony),
    target('b-%', phony),
    target('f.o'),
  ]);
  const exposure = { exposed: new Set(['a']), reasons: new Map([['b', 'it is private']]) };
  expect(compareExposed(make, exposure)).toEqual(['c']);
});
