import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { ExecutorContext } from '@nx/devkit';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import executor from './executor.ts';
import { askOnTerminal } from './ask-on-terminal.ts';
import { dbSnapshotOptions } from './options.ts';

let root = '';
let out = '';
let errors = '';
beforeEach(() => {
  root = mkdtempSync(path.join(tmpdir(), 'db-executor-'));
  out = '';
  errors = '';
  vi.spyOn(process.stdout, 'write').mockImplementation((text) => {
    out += String(text);
    return true;
  });
  vi.spyOn(process.stderr, 'write').mockImplementation((text) => {
    errors += String(text);
    return true;
  });
});
afterEach(() => {
  vi.restoreAllMocks();
  rmSync(root, { recursive: true });
});

const context = (projectName: string): ExecutorContext => ({
  root,
  cwd: root,
  isVerbose: false,
  projectName,
  targetName: 'db:snapshot',
  nxJsonConfiguration: {},
  projectGraph: { nodes: {}, dependencies: {} },
  projectsConfigurations: {
    version: 2,
    projects: { platform: { root: '.' }, api: { root: 'api' }, web: { root: 'web' } },
  },
});

function lay(project: string): void {
  mkdirSync(path.join(root, project), { recursive: true });
  writeFileSync(path.join(root, project, 'compose.yaml'), 'services: { postgres: { image: postgres:15 } }');
  const folder = path.join(root, '.switchyard/snapshots', project, 'compose', 'postgres');
  mkdirSync(folder, { recursive: true });
  writeFileSync(path.join(folder, 'torn.json'), '{');
}

it('lists the snapshots of the platform on the root project, and those of a project on its own', async () => {
  lay('api');
  lay('web');
  expect(await executor({}, context('platform'))).toEqual({ success: true });
  expect(out).toMatch(/torn\s+api.*\ntorn\s+web.*\ntorn is damaged: torn.json is not JSON/);
  out = '';
  expect(await executor({ json: true }, context('web'))).toEqual({ success: true });
  expect(JSON.parse(out)).toMatchObject([
    { name: 'torn', project: 'web', damaged: expect.stringContaining('JSON') as string },
  ]);
});

it('deletes a snapshot without an engine', async () => {
  lay('api');
  expect(await executor({ action: 'delete', name: 'torn' }, context('api'))).toEqual({ success: true });
  expect(out).toBe('Deleted snapshot torn of api compose (postgres), 1 B.\n');
});

it('refuses names and options that do not fit', async () => {
  lay('api');
  expect(await executor({ action: 'create', name: '../x' }, context('api'))).toEqual({ success: false });
  expect(errors).toMatch(/^api:db:snapshot: "..\/x" cannot be the name of a snapshot/);
  errors = '';
  expect(await executor({ action: 'explode' }, context('api'))).toEqual({ success: false });
  expect(errors).toMatch(/^db:snapshot: --action Invalid option/);
  errors = '';
  expect(await executor({ action: 'restore' }, context('api'))).toEqual({ success: false });
  expect(errors).toMatch(/restore needs the name of a snapshot: `--name=before-migration`/);
});

it('takes a name that Nx made a number of', () => {
  expect(dbSnapshotOptions.parse({ action: 'create', name: 2026 })).toMatchObject({ name: '2026' });
});

it('does not ask where nobody can answer, and says how to go on', async () => {
  await expect(askOnTerminal('api:db:snapshot', 'Put it in the place of app.\nDo it?')).rejects.toThrow(
    'api:db:snapshot: this replaces data, and there is no terminal to ask on. Nothing was changed.\nPut it in the place of app.\nAdd --yes to do it, or --dryRun to see only what it would do.',
  );
});
