import { createReadStream } from 'node:fs';
import { once } from 'node:events';
import { join } from 'node:path';

import { expect, test } from 'vitest';

import { createRig } from '../rig/rig.ts';

test('two nx commands take turns at what a lock names, and say for whom they wait', async () => {
  await using rig = await createRig({ files: {} });
  const pipe = (name: string): string => join(rig.folder, '..', name);
  await rig.run('mkfifo', pipe('begun'), pipe('go'));
  await rig.write({
    'api/Makefile': `.PHONY: test\ntest: ## @lock(../db)\n\t@echo > '${pipe('begun')}'; read _ < '${pipe('go')}'; ran api\n`,
    'web/Makefile': '.PHONY: test\ntest: ## @lock(../db)\n\t@ran web\n',
  });
  await using first = await rig.startNx('test', 'api');
  await once(createReadStream(pipe('begun')).resume(), 'end');
  await using second = await rig.startNx('test', 'web', '--output-style=stream');
  await second.prints('waiting for');
  expect(await rig.ran()).toEqual([]);
  await rig.run('sh', '-c', `echo > '${pipe('go')}'`);
  const ends = await Promise.all([first.ended, second.ended]);
  expect(ends.map(({ exitCode }) => exitCode)).toEqual([0, 0]);
  expect(ends[1].output).toMatch(/web:test: waiting for \/.*\/db, held by `nx test api`, pid \d+, \d+ s/);
  expect(await rig.ran()).toEqual(['api', 'web']);
});
