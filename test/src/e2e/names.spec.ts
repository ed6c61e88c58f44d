import { expect, test } from 'vitest';

import { createRig } from '../rig/rig.ts';

test.for(['docs:build', 'docs/build', 'parallel', 'help', 'verbose', 'a.b', 'Über', 'x+y', 'b@c'])(
  'a target named %s runs',
  async (name) => {
    const escaped = name.replaceAll(':', '\\:');
    const makefile = `.PHONY: ${escaped}\n${escaped}: ## An odd name\n\t@ran '$@'\n`;
    await using rig = await createRig({ files: { 'api/Makefile': makefile } });
    const { exitCode, output } = await rig.nx('run', `api:${name}`);
    expect(output).toContain('Successfully ran target');
    expect(exitCode).toBe(0);
    expect(await rig.ran()).toEqual([name]);
  },
);

test('targets of one letter, which nx run takes for its own words, run by run-many', async () => {
  const files = { 'api/Makefile': '.PHONY: t x\nt:\n\t@ran t\nx: t\n\t@ran x\n' };
  await using rig = await createRig({ files });
  const { exitCode } = await rig.nx('run-many', '-t', 't', 'x', '--parallel=1');
  expect(exitCode).toBe(0);
  expect(await rig.ran()).toEqual(expect.arrayContaining(['t', 'x']));
});

const SCRIPTS = {
  'api/package.json': JSON.stringify({ name: 'api', scripts: { lint: 'ran script' } }),
  'api/Makefile': '.PHONY: lint verify\nlint:\n\t@ran make\nverify: lint\n\t@ran verify\n',
};

test('a package.json script keeps its name, and the make target stands beside it', async () => {
  await using rig = await createRig({ files: SCRIPTS });
  const root: unknown = JSON.parse(await rig.read('package.json'));
  await rig.write({ 'package.json': JSON.stringify(Object.assign({ workspaces: ['api'] }, root)) });
  await rig.nx('run', 'api:lint');
  expect(await rig.ran()).toEqual(['script']);
  await rig.nx('run', 'api:make:lint');
  expect(await rig.ran()).toEqual(['make']);
  const { exitCode } = await rig.nx('run', 'api:verify');
  expect(exitCode).toBe(0);
  expect(await rig.ran(), 'the make target was cached by the run before').toEqual(['verify']);
});

test('a script of a package that is no npm workspace is no target, and takes no name away', async () => {
  await using rig = await createRig({ files: SCRIPTS });
  await rig.nx('run', 'api:lint');
  expect(await rig.ran()).toEqual(['make']);
});

test('projects in folders of the same name both run', async () => {
  const makefile = (name: string): string => `.PHONY: lint\nlint:\n\t@ran ${name}\n`;
  const files = { 'one/api/Makefile': makefile('one'), 'two/api/Makefile': makefile('two') };
  await using rig = await createRig({ files });
  const { exitCode, tasks } = await rig.nx('run-many', '-t', 'lint');
  expect(exitCode).toBe(0);
  expect(Object.keys(tasks)).toHaveLength(2);
  expect((await rig.ran()).toSorted()).toEqual(['one', 'two']);
});
