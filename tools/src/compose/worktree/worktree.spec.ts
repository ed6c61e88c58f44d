import { execFileSync } from 'node:child_process';
import { createServer } from 'node:net';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { once } from 'node:events';
import { describe, expect, it } from 'vitest';
import { nameEnvironment } from '../environments/name-environment.ts';
import { platformEnvironments } from '../environments/platform-environments.ts';
import { readEnvironments } from '../environments/read-environments.ts';
import { composeFolder } from '../oracle/compose-folder.fixture.ts';
import { findWorktree } from './find-worktree.ts';
import { isPortFree } from './is-port-free.ts';
import { reservePort } from './reserve-port.ts';

const files = {
  'main/api/compose.yaml':
    'services:\n  app:\n    image: x\n    ports:\n      - "${API_PORT:-8080}:80"\n  db:\n    image: y\n    container_name: the-db\n    ports:\n      - "127.0.0.1:5432:5432"\n',
  'main/api/compose.test.yaml': 'services: {app: {image: x, ports: ["${API_PORT:-8081}:80"]}}\n',
};

/** A repository with a linked worktree `feature` beside it. */
async function withWorktree() {
  const workspace = await composeFolder(files);
  const main = join(workspace.root, 'main');
  const git = (...args: readonly string[]): void => {
    const identity = ['-c', 'user.name=t', '-c', 'user.email=t@example.org'];
    execFileSync('git', ['-C', main, ...identity, ...args], { stdio: 'ignore' });
  };
  git('init');
  git('add', '-A');
  git('commit', '-m', 'first');
  git('worktree', 'add', '../Feature.One');
  return {
    root: workspace.root,
    main,
    linked: join(workspace.root, 'Feature.One'),
    [Symbol.asyncDispose]: () => workspace[Symbol.asyncDispose](),
  };
}

describe('a linked worktree', () => {
  it('is found without git, from any folder in it', async () => {
    await using repository = await withWorktree();
    const { main, linked } = repository;
    expect(findWorktree(main)).toBeUndefined();
    expect(findWorktree(join(linked, 'api'))).toEqual({ name: 'Feature.One', folder: linked });
  });

  it('is none where .git leads to a submodule, or to nothing that is known', async () => {
    await using workspace = await composeFolder({
      'a/.git': 'gitdir: ../.git/modules/a\n',
      'b/.git': 'hello\n',
    });
    expect(findWorktree(join(workspace.root, 'a'))).toBeUndefined();
    expect(findWorktree(join(workspace.root, 'b'))).toBeUndefined();
  });

  it('has names and ports of its own for each environment, the same ones each time', async () => {
    await using repository = await withWorktree();
    const { linked } = repository;
    const reservations = join(repository.root, 'ports');
    await mkdir(reservations);
    const named = () => {
      const found = findWorktree(linked);
      if (found === undefined) throw new Error('no worktree');
      const request = { folder: join(linked, 'api'), workspaceRoot: linked, environment: {} };
      return readEnvironments(request).environments.map((one) =>
        nameEnvironment(one, 'api', { ...found, reservations }),
      );
    };
    const [dev, test] = named();
    expect([dev?.composeProject, test?.composeProject]).toEqual(['api-feature-one', 'api-test-feature-one']);
    const port = Number(dev?.variables['API_PORT']);
    expect(dev?.services[0]?.ports[0]?.host).toEqual({ first: port, last: port });
    expect(port).not.toBe(Number(test?.variables['API_PORT']));
    expect(named()).toEqual([dev, test]);
    expect(dev?.problems).toEqual([
      'api/compose.yaml:10: port 5432 of db is fixed, so worktree Feature.One and another one cannot have it at the same time: write "127.0.0.1:${DB_PORT:-5432}:5432".',
      'Service db has the fixed container name the-db, so worktree Feature.One and another one cannot have it at the same time: remove `container_name`.',
    ]);
  });

  it('tells when no port can be reserved, and goes on', async () => {
    await using workspace = await composeFolder(files);
    const request = {
      folder: join(workspace.root, 'main/api'),
      workspaceRoot: workspace.root,
      environment: {},
    };
    const [dev] = readEnvironments(request).environments.map((one) =>
      nameEnvironment(one, 'api', { name: 'w', folder: '/w', reservations: join(workspace.root, 'none') }),
    );
    expect(dev?.variables).toEqual({});
    expect(dev?.problems[0]).toMatch(
      /^main\/api\/compose\.yaml:5: no port could be reserved for app in worktree w: ENOENT/,
    );
  });

  it('may be left as it is', async () => {
    await using repository = await withWorktree();
    const { main, linked } = repository;
    const projects = [{ name: 'api', root: 'api' }];
    const plain = platformEnvironments({ workspaceRoot: main, projects, environment: {} });
    const same = platformEnvironments({ workspaceRoot: linked, projects, environment: {}, isolate: false });
    const names = ['api', 'api-test'];
    expect(plain.map(({ composeProject }) => composeProject)).toEqual(names);
    expect(same.map(({ composeProject, variables }) => [composeProject, variables])).toEqual(
      names.map((name) => [name, {}]),
    );
  });
});

describe('a reserved port', () => {
  const owner = (worktree: string) => ({ worktree, composeProject: 'api', variable: 'P' });

  it('belongs to one owner only', async () => {
    await using workspace = await composeFolder();
    const owners = Array.from({ length: 12 }, (_, at) => owner(`/w${at}`));
    const ports = owners.map((one) => reservePort(one, workspace.root));
    expect(new Set(ports).size).toBe(12);
    expect(owners.map((one) => reservePort(one, workspace.root))).toEqual(ports);
  });

  it('is another one when somebody listens on it, and when somebody else has it', async () => {
    await using workspace = await composeFolder();
    await using other = await composeFolder();
    const first = reservePort(owner('/a'), workspace.root) ?? 0;
    const server = createServer().listen(first, '127.0.0.1');
    await once(server, 'listening');
    expect(isPortFree(first)).toBe(false);
    expect(reservePort(owner('/a'), other.root)).not.toBe(first);
    expect(reservePort(owner('/a'), workspace.root)).toBe(first);
    server.close();
    await once(server, 'close');
    expect(isPortFree(first)).toBe(true);
    await using third = await composeFolder();
    await writeFile(join(third.root, String(first)), 'somebody else');
    expect(reservePort(owner('/a'), third.root)).not.toBe(first);
  });
});
