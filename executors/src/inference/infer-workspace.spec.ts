import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { projectDependencies } from './project-dependencies.ts';
import { Workspace } from './workspace.fixture.ts';

const check = '.PHONY: test\ntest:\n\t@run tests\n';

describe('projects', () => {
  it('are named by their manifest, or their folder, or their path where that is taken', async () => {
    using workspace = new Workspace({
      Makefile: check,
      'api/Makefile': check,
      'api/pyproject.toml': '[project]\nname = "the-api"\n',
      'web/Makefile': check,
      'web/package.json': '{ "name": "@acme/web" }',
      'go/Makefile': check,
      'go/go.mod': 'module example.com/acme/worker/v2\n',
      'a/docs/Makefile': check,
      'b/docs/Makefile': check,
    });
    const { projects } = await workspace.infer([
      'Makefile',
      'api/Makefile',
      'web/Makefile',
      'go/Makefile',
      'a/docs/Makefile',
      'b/docs/Makefile',
    ]);
    expect(
      Object.fromEntries([...projects].map(([root, { configuration }]) => [root, configuration.name])),
    ).toEqual({
      '.': 'root',
      api: 'the-api',
      web: '@acme/web',
      go: 'worker',
      'a/docs': 'docs',
      'b/docs': 'b-docs',
    });
  });

  it('come from the Makefile that make itself would take', async () => {
    using workspace = new Workspace({ Makefile: check, GNUmakefile: '.PHONY: lint\nlint:\n\t@run\n' });
    const { projects } = await workspace.infer(['Makefile', 'GNUmakefile']);
    expect(Object.keys(projects.get('.')?.configuration.targets ?? {})).toEqual(['lint']);
  });

  it('are not made of ignored folders', async () => {
    using workspace = new Workspace({ 'vendor/x/Makefile': check, 'old/Makefile': check });
    const { projects } = await workspace.infer(['vendor/x/Makefile', 'old/Makefile'], { ignore: ['old/**'] });
    expect([...projects.keys()]).toEqual(['vendor/x']);
  });

  it('stay when their Makefile is broken, with what could be found and a warning', async () => {
    using workspace = new Workspace({
      'bad/Makefile': '.PHONY: test\ntest:\n\t@run\n$(error no way)\n',
      'good/Makefile': check,
    });
    const { projects, warnings } = await workspace.infer(['bad/Makefile', 'good/Makefile']);
    expect(Object.keys(projects.get('bad')?.configuration.targets ?? {})).toEqual(['test']);
    expect(Object.keys(projects.get('good')?.configuration.targets ?? {})).toEqual(['test']);
    expect(warnings.join('\n')).toContain(
      'bad/Makefile could not be read exactly: Makefile:4: *** no way.  Stop.',
    );
  });
});

describe('targets', () => {
  it('leave a name to the package.json script that has it, where Nx makes targets of scripts', async () => {
    using workspace = new Workspace({
      'package.json': '{ "workspaces": ["./web"] }',
      'web/Makefile': '.PHONY: test verify\nverify: test\ntest:\n\t@run\n',
      'web/package.json': '{ "name": "web", "scripts": { "test": "vitest" } }',
    });
    const beside = (await workspace.infer(['web/Makefile'])).projects.get('web')?.configuration.targets ?? {};
    expect(Object.keys(beside)).toEqual(['verify', 'make:test']);
    expect(beside['verify']?.dependsOn).toEqual([{ target: 'make:test', params: 'forward' }]);
    const hidden =
      (await workspace.infer(['web/Makefile'], { scripts: 'hide' })).projects.get('web')?.configuration
        .targets ?? {};
    // `verify` depends on it: hidden, it would never run, and make would be told that it did.
    expect(Object.keys(hidden)).toEqual(['verify', 'make:test']);
    workspace.write('web/Makefile', check);
    const alone = (await workspace.infer(['web/Makefile'], { scripts: 'hide' })).projects.get('web');
    expect(alone?.configuration.targets).toEqual({});
  });

  it('keep their name where Nx makes no targets of scripts', async () => {
    using workspace = new Workspace({
      'package.json': '{ "workspaces": ["packages/*", "!web"] }',
      'web/Makefile': check,
      'web/package.json': '{ "name": "web", "scripts": { "test": "vitest" } }',
    });
    const { projects } = await workspace.infer(['web/Makefile']);
    expect(Object.keys(projects.get('web')?.configuration.targets ?? {})).toEqual(['test']);
  });

  it('get a prefix where one is wanted', async () => {
    using workspace = new Workspace({ 'api/Makefile': '.PHONY: test verify\nverify: test\ntest:\n\t@run\n' });
    const targets =
      (await workspace.infer(['api/Makefile'], { prefix: 'mk:' })).projects.get('api')?.configuration
        .targets ?? {};
    expect(targets['mk:verify']).toMatchObject({
      executor: 'nx:noop',
      dependsOn: [{ target: 'mk:test', params: 'forward' }],
    });
  });

  it('whose names a shell would read go to the executor, with their names as options', async () => {
    using workspace = new Workspace({ 'api/Makefile': '.PHONY: test$$(x)\ntest$$(x):\n\t@run\n' });
    const targets =
      (await workspace.infer(['api/Makefile'])).projects.get('api')?.configuration.targets ?? {};
    expect(targets['test$(x)']).toMatchObject({
      executor: '@switchyard/executors:make',
      options: { target: 'test$(x)' },
    });
  });

  it('of a project around others take the files of those for inputs', async () => {
    using workspace = new Workspace({ Makefile: check, 'api/Makefile': check, 'api/common.mk': '' });
    const { projects } = await workspace.infer(['Makefile', 'api/Makefile']);
    expect(projects.get('.')?.configuration.targets?.['test']?.inputs).toContain('{workspaceRoot}/**/*');
    expect(projects.get('api')?.configuration.targets?.['test']?.inputs).not.toContain(
      '{workspaceRoot}/api/**/*',
    );
  });

  it('take places outside all projects that their rules name for inputs', async () => {
    using workspace = new Workspace({
      Makefile: check,
      'api/Makefile':
        '.PHONY: lint\nlint:\n\tyamllint -c ../.yamllint src/x.yml ../web/x && cd .. && cat ../../x\n',
      'web/Makefile': check,
    });
    const { projects } = await workspace.infer(['Makefile', 'api/Makefile', 'web/Makefile']);
    expect(projects.get('api')?.configuration.targets?.['lint']?.inputs).toEqual([
      'default',
      '^default',
      '{workspaceRoot}/.yamllint',
      '{workspaceRoot}/.yamllint/**/*',
      { env: 'SWITCHYARD_DRY_RUN' },
      { externalDependencies: [] },
    ]);
  });

  it('take included makefiles from elsewhere for inputs', async () => {
    using workspace = new Workspace({
      'api/Makefile': `include ../common.mk\n${check}`,
      'common.mk': 'X = 1\n',
    });
    const { projects } = await workspace.infer(['api/Makefile']);
    expect(projects.get('api')?.configuration.targets?.['test']?.inputs).toContain(
      '{workspaceRoot}/common.mk',
    );
  });
});

describe('records', () => {
  it('are read again when a trusted makefile outside the workspace changes, though not in size', async () => {
    using elsewhere = new Workspace({ 'shared.mk': 'NAMES = lint\n' });
    const makefile = `include ${elsewhere.root}/shared.mk\n.PHONY: $(NAMES)\n$(NAMES):\n\t@run\n`;
    using workspace = new Workspace({ 'api/Makefile': makefile });
    await workspace.infer(['api/Makefile'], { evaluateShell: true });
    elsewhere.write('shared.mk', 'NAMES = test\n');
    const { projects } = await workspace.infer(['api/Makefile'], { evaluateShell: true });
    expect(Object.keys(projects.get('api')?.configuration.targets ?? {})).toEqual(['test']);
  });

  it('are read again when, and only when, something that they depend on changes', async () => {
    using workspace = new Workspace({ 'api/Makefile': `include ../common.mk\n${check}`, 'common.mk': '' });
    const before = (await workspace.infer(['api/Makefile'])).records.get('api');
    expect((await workspace.infer(['api/Makefile'])).records.get('api')).toEqual(before);
    workspace.write('common.mk', '.PHONY: lint\nlint:\n\t@run\n');
    const after = (await workspace.infer(['api/Makefile'])).projects.get('api')?.configuration.targets ?? {};
    expect(Object.keys(after).toSorted()).toEqual(['lint', 'test']);
  });

  it('survive a broken cache file', async () => {
    using workspace = new Workspace({ 'api/Makefile': check, '.nx/workspace-data/x': '' });
    await workspace.infer(['api/Makefile']);
    workspace.write('.nx/workspace-data/x', '');
    const { readdirSync } = await import('node:fs');
    for (const file of readdirSync(path.join(workspace.root, '.nx/workspace-data')))
      workspace.write(`.nx/workspace-data/${file}`, '{"api');
    expect((await workspace.infer(['api/Makefile'])).projects.size).toBe(1);
  });
});

describe('dependencies', () => {
  it('come from make -C, from paths in recipes and prerequisites, and from manifests', async () => {
    using workspace = new Workspace({
      'api/Makefile': check,
      'lib/Makefile': check,
      'web/Makefile': '.PHONY: test\nAPI = ../api\ntest:\n\t$(MAKE) -C $(API) build\n',
      'terminal/Makefile': '.PHONY: test\ntest: ../api/openapi.json\n\t@run\n',
      'jobs/Makefile': check,
      'jobs/Cargo.toml': '[package]\nname = "jobs"\n[dependencies]\nlib = { path = "../lib" }\n',
    });
    const { records, projects } = await workspace.infer(
      ['api', 'lib', 'web', 'terminal', 'jobs'].map((name) => `${name}/Makefile`),
    );
    const names = new Map(
      [...projects].map(([root, { configuration }]) => [root, configuration.name ?? root]),
    );
    expect(projectDependencies(workspace.root, records, names)).toEqual([
      { source: 'jobs', target: 'lib', type: 'static', sourceFile: 'jobs/Cargo.toml' },
      { source: 'terminal', target: 'api', type: 'static', sourceFile: 'terminal/Makefile' },
      { source: 'web', target: 'api', type: 'static', sourceFile: 'web/Makefile' },
    ]);
  });
});
