import { describe, expect, it } from 'vitest';
import { projectDependencies } from './project-dependencies.ts';
import { targetsOf, Workspace } from './workspace.fixture.ts';

const app = 'services:\n  app:\n    image: busybox:1.36\n';
const own = ['up', 'down', 'restart', 'build', 'logs', 'ps', 'config', 'pull'].map(
  (name) => `compose:${name}`,
);
const platform = ['health', 'status', 'logs', 'cleanup', 'setup', 'db:snapshot', 'db:migrations'];

describe('projects with compose files', () => {
  it('are made of the files alone, with a root for the whole platform', async () => {
    using workspace = new Workspace({ 'api/compose.yaml': app, 'web/compose/test.yml': app });
    const inferred = await workspace.infer(['api/compose.yaml', 'web/compose/test.yml']);
    expect(
      [...inferred.projects].map(([root, { source, configuration }]) => [root, source, configuration.name]),
    ).toEqual([
      ['api', 'api/compose.yaml', 'api'],
      ['web', 'web/compose/test.yml', 'web'],
      ['.', 'api/compose.yaml', 'root'],
    ]);
    expect(Object.keys(targetsOf(inferred, 'api'))).toEqual([...own, 'shell']);
    expect(Object.keys(targetsOf(inferred, '.'))).toEqual(platform);
  });

  it('add to what the Makefile and package.json make', async () => {
    using workspace = new Workspace({
      'api/Makefile': '.PHONY: test\ntest:\n\t@run\n',
      'api/package.json': '{ "name": "@acme/api" }',
      'api/compose/dev.yml': app,
    });
    const inferred = await workspace.infer(['api/Makefile', 'api/compose/dev.yml', 'api/package.json']);
    expect(inferred.projects.get('api')).toMatchObject({
      source: 'api/Makefile',
      configuration: {
        name: '@acme/api',
        metadata: {
          technologies: ['make', 'docker', 'compose'],
          compose: {
            environments: {
              dev: { composeProject: 'acme-api-dev', files: ['compose/dev.yml'], services: ['app'] },
            },
          },
        },
      },
    });
    expect(Object.keys(targetsOf(inferred, 'api'))).toEqual(['test', ...own, 'shell']);
  });

  it('are not made of YAML files that are something else, and not at all where nobody wants them', async () => {
    using workspace = new Workspace({ 'jobs/docker/prometheus.yml': 'global: {}\n', 'api/compose.yml': app });
    const files = ['jobs/docker/prometheus.yml', 'api/compose.yml'];
    expect([...(await workspace.infer(files)).projects.keys()]).toEqual(['api', '.']);
    expect([...(await workspace.infer(files, { compose: false })).projects.keys()]).toEqual([]);
    expect([...(await workspace.infer(files, { ignore: ['api/**'] })).projects.keys()]).toEqual([]);
  });

  it('are read again when a compose file changes, comes or goes', async () => {
    using workspace = new Workspace({ 'api/compose.yml': app });
    const servicesOf = async (...files: readonly string[]): Promise<unknown> =>
      (await workspace.infer(files)).projects.get('api')?.configuration.metadata;
    expect(await servicesOf('api/compose.yml')).toMatchObject({
      compose: { environments: { dev: { services: ['app'] } } },
    });
    workspace.write('api/compose.yml', app.replace('app', 'web'));
    expect(await servicesOf('api/compose.yml')).toMatchObject({
      compose: { environments: { dev: { services: ['web'] } } },
    });
    workspace.write('api/compose.test.yml', app);
    expect(await servicesOf('api/compose.yml', 'api/compose.test.yml')).toMatchObject({
      compose: { environments: { dev: {}, test: { composeProject: 'api-test' } } },
    });
    workspace.write('api/compose.test.yml', 'x: 1\n');
    expect(await servicesOf('api/compose.test.yml')).toMatchObject({
      compose: { environments: { dev: {} } },
    });
  });

  it('know environments by a dash, too', async () => {
    using workspace = new Workspace({ 'api/docker-compose-test.yml': app });
    const { projects } = await workspace.infer(['api/docker-compose-test.yml']);
    expect(projects.get('api')?.configuration.metadata).toMatchObject({
      compose: { environments: { test: { composeProject: 'api-test' } } },
    });
  });

  it('keep no values of variables in the cache', async () => {
    using workspace = new Workspace({ 'api/compose.yml': `${app}    environment: { KEY: s3cret-value }\n` });
    const { records } = await workspace.infer(['api/compose.yml']);
    expect(JSON.stringify([...records])).not.toContain('s3cret-value');
  });
});

describe('targets for environments', () => {
  it('take the environment from the configuration', async () => {
    using workspace = new Workspace({ 'api/compose/dev.yml': app, 'api/compose/test.yml': app });
    const targets = targetsOf(await workspace.infer(['api/compose/dev.yml', 'api/compose/test.yml']), 'api');
    expect(targets['compose:up']).toEqual({
      executor: '@switchyard/executors:compose',
      options: { command: 'up', environment: 'dev' },
      configurations: { dev: { environment: 'dev' }, test: { environment: 'test' } },
      defaultConfiguration: 'dev',
      continuous: true,
      cache: false,
      metadata: {
        technologies: ['docker', 'compose'],
        description: 'Bring up api-dev: app (or -c test)',
      },
    });
    expect(targets['shell']).toMatchObject({
      executor: '@switchyard/executors:shell',
      options: { environment: 'dev' },
      defaultConfiguration: 'dev',
    });
  });

  it('check the files again when they, their variables or what they take in changes', async () => {
    using workspace = new Workspace({
      'api/compose.yml': `include: [../common/compose.yml]\n${app}    env_file: .env.app\n    command: \${CMD:-x}\n`,
      'common/compose.yml': 'services:\n  db:\n    image: redis\n',
      'api/.env.app': 'A=1\n',
    });
    const targets = targetsOf(await workspace.infer(['api/compose.yml']), 'api');
    expect(targets['compose:config']).toMatchObject({ cache: true, outputs: [] });
    const inputs = targets['compose:config']?.inputs ?? [];
    expect(inputs).toEqual(
      expect.arrayContaining([
        '{projectRoot}/compose.yml',
        '{workspaceRoot}/common/compose.yml',
        { env: 'CMD' },
        {
          runtime: `for file in 'api/.env' 'api/.env.app' 'common/.env'; do if test -f "$file"; then cksum -- "$file"; else echo "no $file"; fi; done 2>&1`,
        },
        { externalDependencies: [] },
      ]),
    );
  });

  it('leave a name to the make target or script that has it', async () => {
    using workspace = new Workspace({
      Makefile: '.PHONY: health shell\nhealth:\n\t@run\nshell:\n\t@run\n',
      'compose.yml': app,
      'package.json': '{ "name": "shop", "nx": {}, "scripts": { "setup": "x" } }',
    });
    const targets = targetsOf(await workspace.infer(['Makefile', 'compose.yml', 'package.json']), '.');
    expect(targets['health']?.executor).toBe('nx:run-commands');
    expect(targets['platform:health']?.executor).toBe('@switchyard/executors:health');
    expect(targets['compose:shell']?.executor).toBe('@switchyard/executors:shell');
    expect(targets['platform:setup']?.executor).toBe('@switchyard/executors:setup');
    expect(targets['setup']).toBeUndefined();
  });

  it('are for databases where there is one', async () => {
    using workspace = new Workspace({
      'api/compose.yml': `${app}  db:\n    image: docker.io/timescale/timescaledb:2\n`,
      'web/compose.yml': app,
    });
    const inferred = await workspace.infer(['api/compose.yml', 'web/compose.yml']);
    expect(targetsOf(inferred, 'api')['db:snapshot']).toMatchObject({
      executor: '@switchyard/executors:db-snapshot',
      options: {},
    });
    expect(targetsOf(inferred, 'api')['db:migrations']).toBeDefined();
    expect(targetsOf(inferred, 'web')['db:snapshot']).toBeUndefined();
  });

  it('have another prefix where one is wanted', async () => {
    using workspace = new Workspace({ 'api/compose.yml': app });
    const targets = targetsOf(
      await workspace.infer(['api/compose.yml'], { composeTargetPrefix: 'dc-' }),
      'api',
    );
    expect(Object.keys(targets).slice(0, 2)).toEqual(['dc-up', 'dc-down']);
  });
});

describe('dependencies of compose files', () => {
  it('are contexts, mounts, and files that they take in, but not what lies around', async () => {
    using workspace = new Workspace({
      'api/compose.yml': 'services:\n  app:\n    build: { context: .. }\n    env_file: ../env/app.env\n',
      'web/compose/dev.yml':
        'services:\n  api:\n    build: ../../api\n  db:\n    image: x\n    volumes: ["../../db/schema:/s:ro"]\n',
      'jobs/compose.yml': 'include: [../db/compose.yml]\n',
      'db/compose.yml': app,
      'env/Makefile': 'test:\n\techo\n',
    });
    const { records, projects } = await workspace.infer([
      ...['api/compose.yml', 'web/compose/dev.yml', 'jobs/compose.yml', 'db/compose.yml', 'env/Makefile'],
    ]);
    const names = new Map([...projects.keys()].map((root) => [root, root]));
    const found = projectDependencies(workspace.root, records, names);
    expect(found.map(({ source, target }) => `${source} -> ${target}`).toSorted()).toEqual([
      'api -> env',
      'jobs -> db',
      'web -> api',
      'web -> db',
    ]);
    expect(found).toContainEqual({
      source: 'web',
      target: 'api',
      type: 'static',
      sourceFile: 'web/compose/dev.yml',
    });
  });

  it('outside all projects are inputs of make targets', async () => {
    using workspace = new Workspace({
      'api/Makefile': '.PHONY: test\ntest:\n\t@run\n',
      'api/compose.yml': 'include: [../common/compose.base.yml]\n',
      'common/compose.base.yml': app,
    });
    const inputs = targetsOf(await workspace.infer(['api/Makefile', 'api/compose.yml']), 'api')['test']
      ?.inputs;
    expect(inputs).toContain('{workspaceRoot}/common/compose.base.yml');
  });
});
