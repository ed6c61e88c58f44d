import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { composeFolder } from '../oracle/compose-folder.fixture.ts';
import { readEnvironments, type EnvironmentsReading } from './read-environments.ts';

const app = 'services: {app: {image: app}}\n';

async function read(
  files: Readonly<Record<string, string>>,
  environment: Readonly<Record<string, string>> = {},
): Promise<
  EnvironmentsReading & { readonly shown: Readonly<Record<string, string>>; readonly root: string }
> {
  await using workspace = await composeFolder(
    Object.fromEntries(Object.entries(files).map(([name, text]) => [`shop/${name}`, text])),
  );
  const folder = join(workspace.root, 'shop');
  const reading = readEnvironments({ folder, workspaceRoot: workspace.root, environment });
  const short = (file: string): string => file.replace(`${folder}/`, '');
  const shown = reading.environments.map(({ name, files: all }): [string, string] => [
    name,
    all.map(short).join(' '),
  ]);
  return { ...reading, shown: Object.fromEntries(shown), root: workspace.root };
}

describe('the environments of a folder', () => {
  it.each<[string, Record<string, string>, Record<string, string>]>([
    ['a plain file is dev', { 'compose.yaml': app }, { dev: 'compose.yaml' }],
    ['an old name is as good', { 'docker-compose.yml': app }, { dev: 'docker-compose.yml' }],
    [
      'an override belongs to the plain file',
      { 'compose.yml': app, 'compose.override.yaml': app },
      { dev: 'compose.yml compose.override.yaml' },
    ],
    [
      'files that stand by themselves',
      { 'docker-compose.yml': app, 'docker-compose.test.yml': app, 'compose.ci.yaml': app },
      { dev: 'docker-compose.yml', ci: 'compose.ci.yaml', test: 'docker-compose.test.yml' },
    ],
    [
      'a folder compose',
      { 'compose/dev.yml': app, 'compose/docker-compose.test.yml': app, 'compose/compose.ci.yaml': app },
      { dev: 'compose/dev.yml', ci: 'compose/compose.ci.yaml', test: 'compose/docker-compose.test.yml' },
    ],
    [
      'a folder docker',
      { 'docker/docker-compose.yml': app, 'docker/docker-compose.test.yml': app },
      { dev: 'docker/docker-compose.yml', test: 'docker/docker-compose.test.yml' },
    ],
    [
      'an environment without images is put over the plain file',
      { 'compose.yaml': app, 'compose.test.yaml': 'services: {app: {environment: [A=1]}}' },
      { dev: 'compose.yaml', test: 'compose.yaml compose.test.yaml' },
    ],
    [
      'one that waits for a service of the plain file is put over it',
      { 'compose.yaml': app, 'compose.test.yaml': 'services: {t: {image: t, depends_on: [app]}}' },
      { dev: 'compose.yaml', test: 'compose.yaml compose.test.yaml' },
    ],
    [
      'one whose comment shows both together is put over the plain file',
      {
        'docker-compose.yml': app,
        'docker-compose.prod.yml': `# docker compose -f docker-compose.yml -f docker-compose.prod.yml up -d\n${app}`,
      },
      { dev: 'docker-compose.yml', prod: 'docker-compose.yml docker-compose.prod.yml' },
    ],
    [
      'a base is no environment',
      {
        'compose/base.yml': app,
        'compose/test.yml': 'services: {app: {ports: ["1:1"]}}',
        'compose/ci.yml': app,
      },
      { ci: 'compose/ci.yml', test: 'compose/base.yml compose/test.yml' },
    ],
    [
      'a plain file that cannot stand by itself is there for those over it',
      {
        'compose.yaml': 'services: {app: {ports: ["1:1"]}, db: {image: db}}',
        'compose.test.yaml': 'services: {app: {image: x, depends_on: [db]}}',
      },
      { test: 'compose.yaml compose.test.yaml' },
    ],
    [
      'beside a file for dev the plain one is default',
      { 'docker-compose.yml': app, 'docker-compose.dev.yml': 'services: {app: {build: .}}' },
      { dev: 'docker-compose.dev.yml', default: 'docker-compose.yml' },
    ],
    [
      'what is no compose file',
      {
        'compose.yaml': app,
        'compose.test.yaml': 'server: {port: 1}',
        'compose.yaml.tmpl': app,
        'compose.example.yaml': app,
        'docker/prometheus.yml': 'global: {}',
        'docker/loki.yml': '- a\n',
        'compose/notes.txt': app,
      },
      { dev: 'compose.yaml' },
    ],
    ['nothing', { Makefile: '' }, {}],
  ])('%s', async (_name, files, expected) => {
    const { shown } = await read(files);
    expect(shown).toEqual(expected);
  });

  it('come with dev first', async () => {
    const { environments } = await read({
      'compose.ci.yaml': app,
      'compose.yaml': app,
      'compose.a.yaml': app,
    });
    expect(environments.map(({ name }) => name)).toEqual(['dev', 'a', 'ci']);
  });

  it('keep the first of two files with one name, and say so', async () => {
    const { environments } = await read({ 'compose.test.yaml': app, 'compose/test.yml': app });
    expect(environments.map(({ problems }) => problems)).toEqual([
      ['shop/compose.test.yaml: test.yml would be test too, and is left out'],
    ]);
  });

  it('show a file that does not parse, with its line', async () => {
    const { environments } = await read({
      'compose.yaml': 'services:\n  app:\n    image: x\n   ports: []\n',
    });
    expect(environments[0]?.problems[0]).toMatch(/^shop\/compose\.yaml:4: /);
  });
});

describe('the declared name', () => {
  it.each<[string, Record<string, string>, Record<string, string | undefined>]>([
    [
      'is that of the folder for a plain file',
      { 'compose.yaml': app, 'compose.test.yaml': app },
      { dev: 'shop', test: undefined },
    ],
    [
      'is what a file says',
      { 'compose.yaml': `name: one\n${app}`, 'compose.test.yaml': `name: two\n${app}` },
      { dev: 'one', test: 'two' },
    ],
    ['comes from .env', { 'compose.yaml': app, '.env': 'COMPOSE_PROJECT_NAME=store' }, { dev: 'store' }],
    ['is made one that Compose takes', { 'compose.yaml': `name: My Shop\n${app}` }, { dev: 'myshop' }],
    [
      'is told apart where a base gives it to several',
      { 'compose.yaml': `name: one\n${app}`, 'compose.test.yaml': 'services: {app: {ports: []}}' },
      { dev: 'one', test: 'one-test' },
    ],
    [
      'is told apart where .env gives it to several',
      { 'compose.yaml': app, 'compose.test.yaml': app, '.env': 'COMPOSE_PROJECT_NAME=store' },
      { dev: 'store', test: 'store-test' },
    ],
  ])('%s', async (_name, files, expected) => {
    const { environments } = await read(files);
    expect(Object.fromEntries(environments.map(({ name, declaredName }) => [name, declaredName]))).toEqual(
      expected,
    );
  });

  it('in a file wins over .env, and a sentence says what Compose does', async () => {
    const { environments } = await read({
      'compose.yaml': `name: one\n${app}`,
      '.env': 'COMPOSE_PROJECT_NAME=two',
    });
    expect(environments.map(({ declaredName, problems }) => [declaredName, problems])).toEqual([
      [
        'one',
        [
          'shop/compose.yaml:1: Compose by itself calls it two, from COMPOSE_PROJECT_NAME in .env; Switchyard takes this name, one',
        ],
      ],
    ]);
  });
});

describe('the sources of a reading', () => {
  it('are what was read, looked for, listed and asked', async () => {
    const { sources, root } = await read(
      {
        'compose.yaml':
          'include: [sub/c.yaml]\nservices: {app: {image: "${TAG:-1}${SET}", env_file: [app.env], extends: {file: x.yaml, service: x}}}\n',
        'sub/c.yaml': 'services: {}',
        'x.yaml': 'services: {x: {image: y}}',
      },
      { SET: 'value', OTHER: 'unasked' },
    );
    expect(sources.files.map((file) => file.replace(`${root}/shop/`, '')).sort()).toEqual([
      '.env',
      'app.env',
      'compose.yaml',
      'sub/.env',
      'sub/c.yaml',
      'x.yaml',
    ]);
    expect(sources.folders).toEqual([join(root, 'shop')]);
    expect(sources.environment).toEqual({ SET: 'value', TAG: null });
  });
});

describe('a port', () => {
  it('keeps the variable that it was written with, and its place', async () => {
    const { environments } = await read({
      'compose.yaml':
        'services:\n  app:\n    image: x\n    ports:\n      - "${API_PORT:-8080}:80"\n      - "127.0.0.1:$DB:5432"\n      - "${IP:-127.0.0.1}:${WEB:-81}:81/udp"\n      - "1${X:-0}:82"\n      - {target: 83, published: "${LONG:-83}"}\n      - "${ALL:-84:84}"\n',
      '.env': 'DB=5433',
    });
    expect(environments[0]?.services[0]?.ports).toEqual([
      {
        host: { first: 8080, last: 8080 },
        variable: 'API_PORT',
        address: '0.0.0.0',
        container: 80,
        protocol: 'tcp',
        place: 'shop/compose.yaml:5',
      },
      {
        host: { first: 5433, last: 5433 },
        variable: 'DB',
        address: '127.0.0.1',
        container: 5432,
        protocol: 'tcp',
        place: 'shop/compose.yaml:6',
      },
      {
        host: { first: 81, last: 81 },
        variable: 'WEB',
        address: '127.0.0.1',
        container: 81,
        protocol: 'udp',
        place: 'shop/compose.yaml:7',
      },
      {
        host: { first: 10, last: 10 },
        address: '0.0.0.0',
        container: 82,
        protocol: 'tcp',
        place: 'shop/compose.yaml:8',
      },
      {
        host: { first: 83, last: 83 },
        variable: 'LONG',
        address: '0.0.0.0',
        container: 83,
        protocol: 'tcp',
        place: 'shop/compose.yaml:9',
      },
      {
        host: { first: 84, last: 84 },
        address: '0.0.0.0',
        container: 84,
        protocol: 'tcp',
        place: 'shop/compose.yaml:10',
      },
    ]);
  });
});
