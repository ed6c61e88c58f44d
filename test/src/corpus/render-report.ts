import type { Comparison, Difference } from './comparison.ts';
import type { Totals } from './totals.ts';

/** The lines to print for one Makefile; none where there is nothing to tell. */
export function renderComparison(folder: string, comparison: Comparison): string[] {
  const { differences, hidden, unanswered, problem } = comparison;
  if (differences.length + hidden.length + unanswered.length === 0 && problem === undefined) return [];
  return [
    `${folder}/${comparison.makefile}: ${comparison.verdict}`,
    ...(problem === undefined ? [] : [`  make: ${problem}`]),
    ...differences.map((difference) => `  ${renderDifference(difference)}`),
    ...hidden.map((target) => `  NOT EXPOSED AND NO REASON GIVEN ${target}`),
    ...unanswered.map((command) => `  not answered: ${shorten(command)}`),
  ];
}

/** One line for the sums over some Makefiles. */
export function renderTotals(name: string, totals: Totals): string {
  const { milliseconds } = totals;
  return [
    `${name}: ${totals.makefiles} Makefiles, ${totals.equal} equal, ${totals.different} different (${totals.onlyOrder} only in order)`,
    `${totals.rejected} rejected by make (${totals.rejectedUnreported} of them not by us)`,
    ...(totals.noReference === 0 ? [] : [`${totals.noReference} without reference`]),
    `phony ${totals.phonyFound}/${totals.phony}`,
    `${totals.targets} targets`,
    ...(totals.hidden === 0 ? [] : [`${totals.hidden} not exposed`]),
    `${totals.unanswered} shell calls not answered`,
    `${milliseconds.ours.toFixed(0)} ms, make ${milliseconds.make.toFixed(0)} ms`,
  ].join(', ');
}

function renderDifference(difference: Difference): string {
  switch (difference.kind) {
    case 'missing phony target':
      return `MISSING PHONY TARGET ${difference.target}`;
    case 'missing target':
    case 'extra target':
      return `${difference.kind} ${difference.target}`;
    case 'phony':
      return `${difference.target}: ${difference.make ? 'is phony for make, not for us' : 'is phony for us, not for make'}`;
    case 'prerequisites':
    case 'order-only':
      return `${difference.target}: ${difference.kind}: ${renderLists(difference.ours, difference.make)}`;
    case 'order of prerequisites':
      return `${difference.target}: ${difference.kind}: make has ${shorten(difference.make.join(' '))}, we have ${shorten(difference.ours.join(' '))}`;
    case 'default goal':
      return `default goal: make has "${difference.make}", we have "${difference.ours}"`;
    case 'not exact':
      return `stopped: ${difference.problem}`;
    case 'problem not reported':
      return 'make rejects it, we do not';
  }
}

function renderLists(ours: readonly string[], make: readonly string[]): string {
  const missing = make.filter((name) => !ours.includes(name));
  const extra = ours.filter((name) => !make.includes(name));
  const parts = [
    ...(missing.length === 0 ? [] : [`missing ${shorten(missing.join(' '))}`]),
    ...(extra.length === 0 ? [] : [`extra ${shorten(extra.join(' '))}`]),
  ];
  return parts.join('; ');
}

function shorten(text: string): string {
  const line = text.replaceAll('\n', '\\n');
  return line.length > 160 ? `${line.slice(0, 157)}...` : line;
}
