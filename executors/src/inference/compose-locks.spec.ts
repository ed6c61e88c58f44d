import type { InferredTarget } from '@switchyard/tools/make';
import { describe, expect, it } from 'vitest';
import { broughtUp, composeLocks, type ProjectEnvironments } from './compose-locks.ts';
import { targetsOf, Workspace } from './workspace.fixture.ts';
import { composePlatform } from './compose-platform.ts';

/** What inference reads of one project with these files. */
async function read(
  files: Record<string, string>,
  root = 'api',
): Promise<{ targets: Record<string, InferredTarget>; project: ProjectEnvironments }> {
  const below = root === '.' ? '' : `${root}/`;
  const placed = Object.fromEntries(Object.entries(files).map(([file, text]) => [`${below}${file}`, text]));
  using workspace = new Workspace(placed);
  const { records } = await workspace.infer(Object.keys(placed));
  const names = new Map([[root, root === '.' ? 'root' : root]]);
  const platform = await composePlatform(workspace.root, records, names, {
    compose: true,
    isolateWorktrees: true,
  });
  const project = platform?.get(root);
  if (project === undefined) throw new Error('There is no environment.');
  const targets = (records.get(root)?.targets ?? []).map((target) => [target.makeTarget, target] as const);
  return { targets: Object.fromEntries(targets), project };
}

async function locksOf(
  files: Record<string, string>,
  root?: string,
): Promise<Record<string, readonly string[]>> {
  const { targets, project } = await read(files, root);
  return Object.fromEntries(
    Object.entries(targets).map(([name, target]) => [name, composeLocks(target, project)]),
  );
}

const app = 'services:\n  app:\n    image: busybox:1.36\n';
const up = 'docker compose -p api-dev -f compose/dev.yml';

describe('locks for what recipes do with Compose', () => {
  it('are exclusive for the lifecycle and tests, and shared for other checks', async () => {
    const locks = await locksOf({
      'compose/dev.yml': app,
      Makefile: `.PHONY: dev-up lint test\ndev-up:\n\t${up} up -d\nlint:\n\t${up} exec app ruff\ntest:\n\t${up} exec app pytest\n`,
    });
    expect(locks).toEqual({
      'dev-up': ['compose:api-dev'],
      lint: ['compose:api-dev:shared'],
      test: ['compose:api-dev'],
    });
  });

  it('also name the environment where the recipe calls it otherwise: the files are the same', async () => {
    const locks = await locksOf({
      'compose/dev.yml': app,
      Makefile:
        '.PHONY: lint check\nlint:\n\tdocker compose -f compose/dev.yml exec app ruff\ncheck:\n\tdocker compose -p mine -f compose/dev.yml exec app x\n',
    });
    expect(locks).toEqual({
      lint: ['compose:api-dev:shared', 'compose:compose:shared'],
      check: ['compose:api-dev:shared', 'compose:mine:shared'],
    });
  });

  it('follow the name in the file, and the default files of the folder', async () => {
    const locks = await locksOf({
      'compose.yml': `name: shop\n${app}`,
      Makefile: '.PHONY: lint\nlint:\n\tdocker compose exec app ruff\n',
    });
    expect(locks).toEqual({ lint: ['compose:shop:shared'] });
  });

  it('are the same in every clone, whatever its folder is called', async () => {
    const locks = await locksOf(
      { 'compose.yml': app, Makefile: '.PHONY: lint\nlint:\n\tdocker compose exec app ruff\n' },
      '.',
    );
    expect(locks).toEqual({ lint: ['compose:@workspace:shared'] });
  });

  it('are those of all environments where the files cannot be made out', async () => {
    const locks = await locksOf({
      'compose/dev.yml': app,
      'compose/test.yml': app,
      Makefile: '.PHONY: lint\nlint:\n\tdocker compose -f compose/$$ENV.yml exec app ruff\n',
    });
    expect(locks).toEqual({ lint: ['compose:api-dev:shared', 'compose:api-test:shared'] });
  });

  it('count ports and container names that two environments share', async () => {
    const fixed = `${app}    container_name: app\n    ports: ["8080:80"]\n`;
    const locks = await locksOf({
      'compose/dev.yml': fixed,
      'compose/test.yml': fixed,
      Makefile: `.PHONY: lint test\nlint:\n\t${up} exec app ruff\ntest:\n\t${up} exec app pytest\n`,
    });
    expect(locks).toEqual({
      lint: ['compose:api-dev:shared', 'container:app:shared=api-dev', 'port:8080:shared=api-dev'],
      test: ['compose:api-dev', 'container:app', 'port:8080'],
    });
  });
});

describe('a recipe that works with the environment of another project', () => {
  it('holds the lock of that one', async () => {
    using workspace = new Workspace({
      Makefile:
        '.PHONY: check-api\ncheck-api:\n\tcd api && docker compose -p api-dev -f compose/dev.yml exec app x\n\tdocker compose -f api/compose/dev.yml exec app x\n',
      'api/compose/dev.yml': app,
    });
    const inferred = await workspace.infer(['Makefile', 'api/compose/dev.yml']);
    expect(JSON.stringify(targetsOf(inferred, '.')['check-api']?.options)).toContain(
      'check-api --lock compose:api-dev:shared --lock compose:compose:shared',
    );
    const without = await workspace.infer(['Makefile', 'api/compose/dev.yml'], { compose: false });
    expect(JSON.stringify(targetsOf(without, '.'))).not.toContain('--lock');
  });
});

describe('preparations that bring an environment up', () => {
  it('are known, where they bring up what Switchyard knows', async () => {
    const { targets, project } = await read({
      'compose/dev.yml': app,
      Makefile: `.PHONY: lint test dev-up other-up\nlint: dev-up\n\t@ruff\ntest: other-up\n\t@run\ndev-up:\n\t${up} up -d\nother-up:\n\tdocker compose -p other -f compose/dev.yml up -d\n`,
    });
    const found = (name: string): unknown => {
      const target = targets[name];
      return target === undefined ? undefined : broughtUp(target, project);
    };
    expect(found('lint')).toEqual([{ preparation: 'dev-up', environment: 'dev' }]);
    expect(found('test')).toEqual([]);
  });
});
