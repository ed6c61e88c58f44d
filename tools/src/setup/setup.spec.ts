import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, readFile, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { ComposeService, NamedEnvironment } from '../compose/index.ts';
import { envFileStep } from './env-files.ts';
import { findPrerequisites } from './find-prerequisites.ts';
import { placeholders, runSetup, type SetupEvent, type SetupPlatform, type SetupStep } from './index.ts';
import { keyStep } from './keys.ts';
import { buildStep, migrationStep, projectSetupStep } from './make-steps.ts';
import { checkPrerequisite } from './prerequisite-step.ts';
import { howToInstall } from './prerequisite.ts';
import { submoduleStep } from './submodules.ts';

let root = '';
beforeEach(async () => {
  root = await mkdtemp(path.join(tmpdir(), 'setup-'));
});
afterEach(() => rm(root, { recursive: true }));

async function layOut(files: Readonly<Record<string, string>>): Promise<void> {
  for (const [name, content] of Object.entries(files)) {
    await mkdir(path.join(root, path.dirname(name)), { recursive: true });
    await writeFile(path.join(root, name), content);
  }
}

const platform = (makeTargets: string[], service: Partial<ComposeService> = {}): SetupPlatform => ({
  workspaceRoot: root,
  recordFile: path.join(root, '.nx/record.json'),
  projects: [{ name: 'api', folder: path.join(root, 'api'), makeTargets }],
  environments: [environment(service)],
  builds: [],
});

const environment = (service: Partial<ComposeService>): NamedEnvironment => ({
  name: 'dev',
  project: 'api',
  composeProject: 'api-dev',
  folder: path.join(root, 'api'),
  files: [],
  variables: {},
  envFiles: [],
  externalNetworks: [],
  volumes: [],
  problems: [],
  services: [
    {
      ...{ name: 'app', ports: [], dependsOn: [], oneShot: false, hasHealthcheck: false, envFiles: [] },
      ...{ mounts: [], profiles: [], environment: {}, ...service },
    },
  ],
});

/** Everything that a set-up told, as lines. */
async function run(steps: readonly SetupStep[], dryRun = false) {
  const events: SetupEvent[] = [];
  const outcome = await runSetup(steps, { dryRun, onEvent: (event) => events.push(event) });
  return { outcome, events };
}

const quiet = { onOutput: () => undefined };

describe('env files', () => {
  it('are made from their examples, and one that is there keeps what it holds', async () => {
    await layOut({
      'api/env/.env.example': 'A=1\nKEY=change-me\n',
      'api/.env.example': 'B=1',
      'api/.env': 'mine',
    });
    const { outcome } = await run([envFileStep(platform([]))]);
    expect(outcome).toEqual({ kind: 'complete', did: ['api/env/.env from .env.example'] });
    expect(await readFile(path.join(root, 'api/.env'), 'utf8')).toBe('mine');
    expect((await run([envFileStep(platform([]))])).outcome).toEqual({ kind: 'complete', did: [] });
  });

  it('that a service names come from the template beside them, which then makes no other file', async () => {
    await layOut({ 'api/env/.env.example': 'KEY=change-me\n' });
    const named = { envFiles: [{ path: path.join(root, 'api/env/.env.dev'), required: true }] };
    const { events } = await run([envFileStep(platform([], named))]);
    const note = 'give values to KEY (line 1)';
    const what = 'api/env/.env.dev from .env.example';
    expect(events).toContainEqual(expect.objectContaining({ kind: 'worked', what, note }));
    expect(existsSync(path.join(root, 'api/env/.env'))).toBe(false);
  });

  it('are made in the workspace only, and from files of it, whatever links and compose files say', async () => {
    const outside = await mkdtemp(path.join(tmpdir(), 'setup-outside-'));
    await writeFile(path.join(outside, '.env.example'), 'A=1');
    await layOut({ 'api/.env.example': 'A=1', 'api/.env.sample': 'A=1' });
    await symlink(path.join(outside, 'authorized'), path.join(root, 'api/.env'));
    await symlink(outside, path.join(root, 'api/env'));
    await symlink('/dev/zero', path.join(root, 'api/zero.env.example'));
    const named = { envFiles: [{ path: path.join(outside, '.env'), required: true }] };
    const { outcome } = await run([envFileStep(platform([], named))]);
    expect(outcome).toEqual({ kind: 'complete', did: [] });
    expect(await readdir(outside)).toEqual(['.env.example']);
    await rm(outside, { recursive: true });
  });

  it('that cannot be read as an example fail the step', async () => {
    await layOut({ 'api/Makefile': '' });
    execFileSync('mkfifo', [path.join(root, 'api/.env.example')]);
    const { outcome } = await run([envFileStep(platform([]))]);
    expect(outcome).toMatchObject({ kind: 'failed' });
    expect(await readdir(path.join(root, 'api'))).toEqual(['.env.example', 'Makefile']);
  });

  it('are only named by a dry run', async () => {
    await layOut({ 'api/.env.example': 'A=1' });
    const { outcome } = await run([envFileStep(platform([]))], true);
    expect(outcome).toEqual({ kind: 'planned', would: ['api/.env from .env.example'] });
    expect(existsSync(path.join(root, 'api/.env'))).toBe(false);
  });

  it('are looked through for values that somebody has to give', () => {
    const text = 'A=1\nSECRET=<your secret>\nexport TOKEN="changeme"\nB=your-company\nHOST=exchange.me\n';
    expect(placeholders(text).map(({ name }) => name)).toEqual(['SECRET', 'TOKEN', 'B']);
  });
});

describe('make setup', () => {
  it('runs once, and again when what it installs has changed', async () => {
    await layOut({ 'api/Makefile': 'setup:\n\t@echo run >> runs\n' });
    const steps = [projectSetupStep(platform(['setup']), quiet)];
    expect((await run(steps)).outcome).toEqual({ kind: 'complete', did: ['api: make setup'] });
    expect((await run(steps)).outcome).toEqual({ kind: 'complete', did: [] });
    await layOut({ 'api/requirements.txt': 'new' });
    await run(steps);
    expect(await readFile(path.join(root, 'api/runs'), 'utf8')).toBe('run\nrun\n');
  });

  it('that fails ends the set-up, says how to go on, and runs again the next time', async () => {
    await layOut({ 'api/Makefile': 'setup:\n\t@test -e ready\n' });
    const never: SetupStep = { id: 'later', title: 'Later', look: () => Promise.reject(new Error('looked')) };
    const { outcome } = await run([projectSetupStep(platform(['setup']), quiet), never]);
    expect(outcome).toEqual({
      kind: 'failed',
      did: [],
      step: 'projects',
      message:
        '`make setup` in api failed: it ended with 2. Its output is above.\n' +
        'By itself it is `nx setup api`. When it works, run the set-up again: it goes on from here.',
    });
    await layOut({ 'api/ready': '' });
    const again = await run([projectSetupStep(platform(['setup']), quiet)]);
    expect(again.outcome).toMatchObject({ kind: 'complete', did: ['api: make setup'] });
  });
});

it('builds what images copy, when it is not there or out of date', async () => {
  await layOut({ 'api/Makefile': '.PHONY: build\nbuild: out\nout: in\n\t@cp in out\n', 'api/in': '1' });
  const given = platform(['build']);
  const steps = [
    buildStep({ ...given, builds: given.projects.map((project) => ({ project, target: 'build' })) }, quiet),
  ];
  expect((await run(steps)).outcome).toEqual({ kind: 'complete', did: ['api: make build'] });
  expect((await run(steps)).outcome).toEqual({ kind: 'complete', did: [] });
});

describe('migrations', () => {
  it('are run by make, unless a one-shot of the environment does it', async () => {
    await layOut({ 'api/Makefile': 'migrate:\n\t@echo migrated\n' });
    const step = (service: Partial<ComposeService>) => migrationStep(platform(['migrate'], service), quiet);
    expect((await run([step({})])).outcome).toMatchObject({ did: ['api: make migrate'] });
    const oneShot = await run([step({ name: 'migrate', oneShot: true })]);
    expect(oneShot.outcome).toEqual({ kind: 'complete', did: [] });
  });
});

describe('keys and certificates', () => {
  it("are made by the project's own target, and never where there are some", async () => {
    await layOut({ 'api/Makefile': 'keys-generate:\n\t@mkdir -p keys; echo new > keys/jwt.pem\n' });
    const steps = [keyStep(platform(['keys-generate']), quiet)];
    expect((await run(steps)).outcome).toMatchObject({ did: ['api: make keys-generate'] });
    await layOut({ 'api/keys/jwt.pem': 'precious' });
    expect((await run(steps)).outcome).toMatchObject({ did: [] });
    expect(await readFile(path.join(root, 'api/keys/jwt.pem'), 'utf8')).toBe('precious');
  });

  it('are made in the workspace only', async () => {
    const outside = await mkdtemp(path.join(tmpdir(), 'setup-outside-'));
    await layOut({ 'api/Makefile': '' });
    await symlink(path.join(outside, 'authorized'), path.join(root, 'api/server.crt'));
    await symlink(outside, path.join(root, 'api/keys'));
    const mounts = ['api/server.crt', 'api/keys/new/jwt.pem'].map((name) => path.join(root, name));
    const step = keyStep(platform([], { mounts: [...mounts, path.join(outside, 'id.key')] }), quiet);
    expect((await run([step])).outcome).toEqual({ kind: 'complete', did: [] });
    expect(await readdir(outside)).toEqual([]);
    await rm(outside, { recursive: true });
  });

  it('that a service mounts are made when they are missing', async () => {
    await layOut({ 'api/Makefile': '' });
    const at = (name: string): string => path.join(root, 'api/keys', name);
    const mounts = ['private.pem', 'public.pem', 'tls.crt', 'tls.key'].map(at);
    const { outcome } = await run([keyStep(platform([], { mounts }), quiet)]);
    expect(outcome).toMatchObject({ kind: 'complete' });
    const checked = execFileSync('openssl', [
      'x509',
      '-in',
      at('tls.crt'),
      '-noout',
      '-ext',
      'subjectAltName',
    ]);
    expect(String(checked)).toContain('DNS:localhost');
    expect(await readFile(at('public.pem'), 'utf8')).toContain('BEGIN PUBLIC KEY');
    expect((await stat(at('private.pem'))).mode & 0o777).toBe(0o600);
    expect((await run([keyStep(platform([], { mounts }), quiet)])).outcome).toMatchObject({ did: [] });
  });
});

describe('prerequisites', () => {
  it('are what the files of the platform ask for', async () => {
    await layOut({
      'package.json': '{"engines":{"node":">=22"},"packageManager":"pnpm@9.1.0"}',
      'api/Makefile': '',
      'api/pyproject.toml': '[project]\nrequires-python = ">=3.9,<4"\n',
      'api/uv.lock': '',
      'api/go.mod': 'module x\n\ngo 1.22\n',
    });
    const found = findPrerequisites(platform([]));
    expect(found.map(({ program, range, because }) => [program, range, because])).toEqual([
      ['node', '>=22', 'package.json'],
      ['pnpm', '>=9.1.0', 'package.json'],
      ['make', undefined, 'api/Makefile'],
      ['uv', undefined, 'api/uv.lock'],
      ['python3', '>=3.9 <4', 'api/pyproject.toml'],
      ['go', '>=1.22', 'api/go.mod'],
    ]);
  });

  it.each([
    ['git', '>=2', 'fine'],
    ['git', '>=99', 'outdated'],
    ['no-such-program', undefined, 'missing'],
  ])('%s %s is %s', async (program, range, kind) => {
    const asked = { program, versionArguments: ['--version'], because: 'x' };
    expect(await checkPrerequisite({ ...asked, ...(range === undefined ? {} : { range }) })).toMatchObject({
      kind,
    });
  });

  it('are to be installed by what the machine has', () => {
    expect(howToInstall('make', (manager) => manager === 'dnf')).toBe('sudo dnf install make');
    expect(howToInstall('uv', () => false)).toBe(
      'see https://docs.astral.sh/uv/getting-started/installation/',
    );
  });
});

it('checks out missing submodules, and leaves those that are there alone', async () => {
  const git = (folder: string, ...args: string[]) =>
    execFileSync(
      'git',
      ['-c', 'protocol.file.allow=always', '-c', 'user.name=a', '-c', 'user.email=a@b', ...args],
      {
        cwd: path.join(root, folder),
        stdio: 'pipe',
      },
    );
  await layOut({ 'lib/file': 'x', 'platform/readme': 'x' });
  for (const folder of ['lib', 'platform']) {
    git(folder, 'init', '-q');
    git(folder, 'add', '.');
    git(folder, 'commit', '-qm', 'first');
  }
  git('platform', 'submodule', 'add', '-q', path.join(root, 'lib'), 'libs/lib');
  git('platform', 'commit', '-qm', 'second');
  git('.', 'clone', '-q', 'platform', 'clone');
  const clone = path.join(root, 'clone');
  execFileSync('git', ['config', 'protocol.file.allow', 'always'], { cwd: clone });
  const missing = await run([submoduleStep(clone)], true);
  expect(missing.outcome).toEqual({ kind: 'planned', would: ['check out libs/lib'] });
  git('clone', 'submodule', 'update', '--init', '-q');
  await writeFile(path.join(clone, 'libs/lib/file'), 'changed');
  expect((await run([submoduleStep(clone)])).outcome).toEqual({ kind: 'complete', did: [] });
  expect(await readFile(path.join(clone, 'libs/lib/file'), 'utf8')).toBe('changed');
});
