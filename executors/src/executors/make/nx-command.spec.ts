import { expect, it } from 'vitest';
import { nxCommand } from './nx-command.ts';

it.each([
  [['test', 'jobs'], 'nx test jobs'],
  [['run-many', '-t', 'test', '--parallel=3'], 'nx run-many -t test --parallel=3'],
  [['test', 'jobs', '--PASSWORD=x', '--verbose'], 'nx test jobs --verbose'],
  [['test', 'jobs', '--CASE', 'secret', '--verbose'], 'nx test jobs --verbose'],
  [['test', 's3cr3t-value'], 'nx test ***'],
  [['/usr/bin/node', '/work/node_modules/.bin/nx', 'test', 'jobs'], 'nx test jobs'],
])('%j', (raw, command) => {
  expect(nxCommand(raw, { API_TOKEN: 's3cr3t-value' })).toBe(command);
});

it('is not known without arguments', () => {
  expect(nxCommand([], {})).toBeUndefined();
});
