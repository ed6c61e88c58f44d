import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { createMakeFolder } from './make-folder.fixture.ts';

describe('runMakeTask', () => {
  it("keeps make's exit code", async () => {
    await using project = await createMakeFolder('fail:\n\t@exit 7\nok:\n\t@echo fine\n');
    expect(await project.make('fail')).toMatchObject({ kind: 'finished', code: 2 });
    expect(await project.make('ok')).toMatchObject({ kind: 'finished', code: 0, output: 'fine\n' });
  });

  it('does not run what is up to date already', async () => {
    await using project = await createMakeFolder('.PHONY: a b all\nall: a b ; @echo all\na b: ; @echo $@\n');
    expect(await project.make('all', { upToDate: ['a', 'b'] })).toMatchObject({ output: 'all\n' });
    expect(await project.make('all', { upToDate: ['b'] })).toMatchObject({ output: 'a\nall\n' });
  });

  it.each(['$HOME', '$(shell touch oops)', '$$x', 'a "b" \\ #c', "it isn't", ' led by a space', 'x=y', ''])(
    'hands on the variable value %j as it is',
    async (value) => {
      await using project = await createMakeFolder('export NAME\nshow:\n\t@printf %s "$$NAME"\n');
      expect(await project.make('show', { variables: { NAME: value } })).toMatchObject({
        code: 0,
        output: value,
      });
    },
  );

  it('uses another makefile', async () => {
    await using project = await createMakeFolder(
      'other.mk: ; @echo "show: ; @echo \\$$(MAKEFILE_LIST)" > $@\n',
    );
    await project.make('other.mk');
    expect(await project.make('show', { makefile: 'other.mk' })).toMatchObject({ output: 'other.mk\n' });
  });

  it('is no part of an outer make', async () => {
    await using project = await createMakeFolder(
      'show: ; @echo "$(MAKELEVEL)$(MAKEFLAGS)$$SWITCHYARD_ARGV"\n',
    );
    const environment = {
      ...process.env,
      MAKEFLAGS: 'n',
      MAKELEVEL: '3',
      GNUMAKEFLAGS: '-i',
      SWITCHYARD_ARGV: '[]',
    };
    const { output } = await project.make('show', {}, { environment });
    expect(output).toBe('0 --no-print-directory\n');
  });

  it('only shows what it would do in a dry run', async () => {
    await using project = await createMakeFolder('up: ; touch up\ntest: up ; touch test\n');
    const { output } = await project.make('test', { preparations: ['up'], dryRun: true });
    expect(output).toBe('touch up\ntouch test\n');
    expect(() => project.read('up')).toThrow('ENOENT');
  });

  it('ends a recipe at the timeout, and says how to give it more time', async () => {
    await using project = await createMakeFolder('slow: ; @sleep 60\n');
    expect(await project.make('slow', { timeout: 200 })).toMatchObject({
      kind: 'timed-out',
      code: 124,
      message:
        'api:slow was ended: it took longer than 200ms.\n' +
        'Give it more time with `@timeout(10m)` in the comment of slow, or with the option `timeout`.',
    });
  });

  it('stops when it is told to', async () => {
    await using project = await createMakeFolder('slow: ; @echo on; sleep 60\n');
    const controller = new AbortController();
    const onOutput = () => {
      controller.abort();
    };
    const outcome = await project.make('slow', {}, { signal: controller.signal, onOutput });
    expect(outcome).toMatchObject({ kind: 'stopped', code: 130, message: 'api:slow was stopped.' });
  });

  it('tells how to install make where there is none', async () => {
    await using project = await createMakeFolder('ok: ; @true\n');
    const empty = await mkdtemp(join(tmpdir(), 'empty-'));
    const outcome = await project.make('ok', { preparations: ['ok'] }, { environment: { PATH: empty } });
    await rm(empty, { recursive: true });
    expect(outcome).toMatchObject({ kind: 'missing-make', code: 127 });
    expect(outcome.message).toMatch(/api:ok was not run: GNU make was not found.*\n.*apt-get/);
  });
});

describe('preparations', () => {
  const makefile =
    'up: ; @echo up >> log; echo upping\nbad: ; @echo bad >> log; exit 3\ntest lint: up ; @echo $@\n';

  it('run once in a run, in order, before the recipe', async () => {
    await using project = await createMakeFolder(makefile);
    const [test, lint] = await Promise.all(
      ['test', 'lint'].map((target) => project.make(target, { preparations: ['up'] })),
    );
    expect([test?.output, lint?.output].join('').split('\n').toSorted()).toEqual([
      '',
      'lint',
      'test',
      'upping',
    ]);
    expect(await project.make('test', { preparations: ['up'] })).toMatchObject({ output: 'test\n' });
    expect(project.read('log')).toBe('up\n');
  });

  it('run again in another run, and with other variables', async () => {
    await using project = await createMakeFolder(makefile);
    await project.make('test', { preparations: ['up'] });
    await project.make('test', { preparations: ['up'], variables: { ENV: 'ci' } });
    await project.make('test', { preparations: ['up'] }, { run: `${project.run}-2` });
    expect(project.read('log')).toBe('up\nup\nup\n');
  });

  it('that fail fail every dependant, and are not tried again', async () => {
    await using project = await createMakeFolder(makefile);
    const failure = { kind: 'preparation-failed', preparation: 'bad', code: 2 };
    expect(await project.make('test', { preparations: ['bad', 'up'] })).toMatchObject(failure);
    const again = await project.make('lint', { preparations: ['bad'] });
    expect(again).toMatchObject(failure);
    expect(again.message).toContain('api:lint was not run: its preparation bad failed with exit code 2');
    expect(project.read('log')).toBe('bad\n');
  });

  it('that need themselves are refused instead of waiting forever', async () => {
    await using project = await createMakeFolder('up: ; @echo "$$SWITCHYARD_PREPARING"\ntest: ; @true\n');
    const { output } = await project.make('test', { preparations: ['up'] });
    const environment = { ...process.env, SWITCHYARD_PREPARING: output };
    const inner = await project.make('test', { preparations: ['up'] }, { environment });
    expect(inner).toMatchObject({
      kind: 'preparation-failed',
      message: 'api:test needs the preparation up, and is run by that preparation itself.',
    });
  });
});
