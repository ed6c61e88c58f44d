import { expect, test } from 'vitest';

import { createRig } from '../rig/rig.ts';

const FILES = {
  'api/Makefile': `TEST_PATH ?= all
ARGS ?=
export TEST_PATH ARGS
.PHONY: test
test: ## Run the tests
	@ran "$$TEST_PATH|$$ARGS"
`,
};

test.for([
  ['a plain path', 'tests/unit', '-x'],
  ['spaces', 'tests/my unit', '-k foo or bar'],
  ['dollars', '$HOME', '${PATH} $$ $(id) $1'],
  ['quotes', "it's", '-k "foo bar" \'baz\''],
  ['backticks and backslashes', '`id`', 'a\\b \\n c'],
  ['shell words', 'a;b', '* ? & | < > # !'],
  ['nothing', '', ''],
] as const)('make variables take %s as they are', async ([, path, args]) => {
  await using rig = await createRig({ files: FILES });
  const { exitCode } = await rig.nx('run', 'api:test', `--TEST_PATH=${path}`, `--ARGS=${args}`);
  expect(exitCode).toBe(0);
  expect(await rig.ran()).toEqual([`${path}|${args}`]);
});

test('other arguments are another task: nothing comes from the cache of the first', async () => {
  await using rig = await createRig({ files: FILES });
  await rig.nx('run', 'api:test', '--TEST_PATH=one');
  await rig.nx('run', 'api:test', '--TEST_PATH=two');
  await rig.nx('run', 'api:test');
  await rig.nx('run', 'api:test', '--TEST_PATH=one');
  expect(await rig.ran()).toEqual(['one|', 'two|', 'all|']);
});

test('an unknown option is an error that names the close ones', async () => {
  await using rig = await createRig({ files: FILES });
  const { exitCode, output } = await rig.nx('run', 'api:test', '--test-path=tests/unit');
  expect(exitCode).not.toBe(0);
  expect(output).toContain('does not know the option --test-path');
  expect(output).toContain('--TEST_PATH');
  expect(await rig.ran()).toEqual([]);
});
