import { execFileSync } from 'node:child_process';
import { mkdir, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readEnvironments, type EnvironmentsReading } from '../environments/read-environments.ts';
import { composeFolder, type ComposeFolder } from '../oracle/compose-folder.fixture.ts';

let workspace: ComposeFolder;
let secret = '';

beforeAll(async () => {
  workspace = await composeFolder({ 'outside/secret.yaml': 'services: {secret: {image: stolen}}\n' });
  secret = join(workspace.root, 'outside/secret.yaml');
});

afterAll(async () => {
  await workspace[Symbol.asyncDispose]();
});

let count = 0;

/** Reads files in a workspace of their own; the workspace is below `outside/..`, so that paths can lead out of it. */
async function read(
  files: Readonly<Record<string, string>>,
  prepare: (folder: string) => void | Promise<void> = () => undefined,
): Promise<EnvironmentsReading> {
  const folder = join(workspace.root, `w${String((count += 1))}`);
  await workspace.write(
    Object.fromEntries(Object.entries(files).map(([name, text]) => [`w${count}/${name}`, text])),
  );
  await mkdir(folder, { recursive: true });
  await prepare(folder);
  return readEnvironments({ folder, workspaceRoot: folder, environment: {} });
}

describe('does not read what is outside of the workspace,', () => {
  const include = (path: string): Record<string, string> => ({
    'compose.yaml': `include: ["${path}"]\nservices: {app: {image: x, extends: {file: "${path}", service: secret}}}\n`,
  });

  it.each<[string, Record<string, string>, ((folder: string) => void | Promise<void>)?]>([
    ['by a path that goes up', include('../outside/secret.yaml')],
    ['by an absolute path', include('/etc/passwd')],
    ['by a link to a file', include('link.yaml'), (folder) => symlink(secret, join(folder, 'link.yaml'))],
    [
      'by a link to a folder',
      include('up/outside/secret.yaml'),
      (folder) => symlink(workspace.root, join(folder, 'up')),
    ],
    ['by a compose file that is a link', {}, (folder) => symlink(secret, join(folder, 'compose.yaml'))],
    [
      'by a folder that is a link',
      {},
      (folder) => symlink(join(workspace.root, 'outside'), join(folder, 'compose')),
    ],
  ])('%s', async (_name, files, prepare) => {
    const { environments } = await read(
      { 'compose.test.yaml': 'services: {t: {image: t}}', ...files },
      prepare,
    );
    expect(JSON.stringify(environments)).not.toContain('stolen');
    expect(environments.map(({ name }) => name)).toContain('test');
  });

  it('and says so', async () => {
    const { environments, sources } = await read(include('../outside/secret.yaml'));
    expect(environments[0]?.problems[0]).toBe(
      'compose.yaml:2: ../outside/secret.yaml is outside of the workspace, so it is not read',
    );
    expect(sources.files).not.toContain(secret);
  });

  it('with a .env that is a link', async () => {
    const { environments } = await read(
      { 'compose.yaml': 'services: {app: {image: "x${KEY}"}}' },
      async (folder) => {
        await writeFile(join(workspace.root, 'outside/env'), 'KEY=stolen');
        await symlink(join(workspace.root, 'outside/env'), join(folder, '.env'));
      },
    );
    expect(environments[0]?.services[0]?.image).toBe('x');
  });
});

describe('does not wait for', () => {
  it.each(['compose.yaml', '.env', 'included.yaml'])('a pipe called %s', async (name) => {
    const files =
      name === 'compose.yaml'
        ? {}
        : { 'compose.yaml': 'include: [included.yaml]\nservices: {app: {image: x}}' };
    const { environments } = await read(
      { 'compose.test.yaml': 'services: {t: {image: t}}', ...files },
      (folder) => {
        execFileSync('mkfifo', [join(folder, name)]);
      },
    );
    expect(environments.map((one) => one.name)).toEqual(['dev', 'test']);
  });

  it('a device', async () => {
    const { environments } = await read({}, (folder) => symlink('/dev/zero', join(folder, 'compose.yaml')));
    expect(environments.map(({ problems }) => problems)).toEqual([
      ['compose.yaml: compose.yaml is outside of the workspace, so it is not read'],
    ]);
  });
});
