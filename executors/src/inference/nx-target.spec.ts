import { parseInferenceOptions, type InferredTarget } from '@switchyard/tools/make';
import { expect, it } from 'vitest';
import { nxTarget } from './nx-target.ts';

function configured(target: Partial<InferredTarget>) {
  const inferred: InferredTarget = {
    makeTarget: 'test',
    kind: 'action',
    reason: 'a spec',
    runs: 'make',
    dependsOn: [],
    preparations: [],
    inputs: [],
    environment: [],
    outputs: [],
    locks: [],
    ...target,
  };
  return nxTarget(inferred, {
    root: 'api',
    options: parseInferenceOptions({}),
    launcher: 'switchyard-make',
    hasNested: false,
    environments: [],
    sharedInputs: [],
    nameOf: (name) => name,
  });
}

it('locks are words of the command, or an option where a name cannot be one', () => {
  expect(configured({ locks: ['compose:api-test', './db:shared'] })).toMatchObject({
    executor: 'nx:run-commands',
    options: { command: 'switchyard-make test --lock compose:api-test --lock ./db:shared' },
  });
  expect(configured({ locks: ['a&b'] })).toMatchObject({
    executor: '@switchyard/executors:make',
    options: { target: 'test', locks: ['a&b'] },
  });
  expect(configured({})).toMatchObject({ options: { command: 'switchyard-make test' } });
});
