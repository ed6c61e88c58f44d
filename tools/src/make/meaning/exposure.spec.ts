import { describe, expect, it } from 'vitest';
import { infer } from './infer.fixture.ts';

describe('exposure', () => {
  it('shows commands that nobody declared phony, and not files', async () => {
    const found = await infer(
      'run-it:\n\tgo run .\napp: main.c\n\tcc -o $@ main.c\nobj/x.o: x.c\n\tcc -c x.c\n_private:\n\techo\n',
    );
    expect(Object.keys(found)).toEqual(['run-it']);
  });

  it('shows names that only stand for commands, and checks that run a tool with their own name', async () => {
    const found = await infer(
      'dist: checks\nchecks: lint test app\nlint: style types\nstyle:\n\truff check\ntypes:\n\tmypy\ntest:\n\tpython setup.py test\napp: main.c\n\tcc -o $@ $<\nall: app\n',
    );
    expect(Object.keys(found)).toEqual(['dist', 'checks', 'lint', 'style', 'types', 'test']);
    expect(found['test']?.kind).toBe('check');
    expect(found['lint']?.kind).toBe('check');
  });

  it('keeps a program that is called test for a file', async () => {
    expect(await infer('test: test.o\n\tcc -o test test.o\n')).toEqual({});
    expect(await infer('test:\n\tcc -o $@ test.c\n')).toEqual({});
    expect(await infer('test:\n\tcc -o test test.c\n')).toEqual({});
  });

  it('hides names that differ from machine to machine, and the Makefile itself', async () => {
    const found = await infer(
      '.PHONY: lint vet Makefile /home/me/go/bin/tool\nlint vet: /home/me/go/bin/tool\n\ttool\n/home/me/go/bin/tool:\n\tgo install tool\n',
    );
    expect(Object.keys(found)).toEqual(['lint', 'vet']);
    expect(found['lint']?.preparations).toEqual([]);
  });

  it('shows a file that is documented, as a build of that file', async () => {
    const found = await infer('# The program\napp: main.c\n\tcc -o $@ main.c\n');
    expect(found['app']).toMatchObject({ kind: 'build', outputs: ['app'], description: 'The program' });
  });

  it.each([
    ['another make', 'lib src: FORCE\n\t$(MAKE) -C $@\nFORCE:\n'],
    ['a folder of sources', 'lib src: common.mk\n\tcd $@ && cargo build\n'],
    ['a folder by its name', 'lib:\n\tmake -C lib\nsrc:\n\tmake --directory=src\n'],
    ['what make always runs', 'lib src: FORCE\n\tdocker build -t $@ $@\nFORCE:\n'],
    ['a goal for other makes', 'lib src:\n\t$(call each,$@)\n'],
  ])('never takes %s for an output: Nx would remove it', async (_what, rules) => {
    const found = await infer(`.PHONY: all\nall: lib src\n${rules}`);
    expect(found['all']).toMatchObject({ kind: 'action', outputs: [] });
    for (const name of ['lib', 'src']) expect(found[name]?.outputs ?? []).toEqual([]);
  });
});
