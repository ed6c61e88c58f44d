import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { runToEnd } from '../rig/program.ts';
import { hostileCases } from './cases/index.ts';
import { layOut, layOutSecret, secretText } from './lay-out.ts';
import { treeSnapshot } from './tree-snapshot.ts';

const base = mkdtempSync(join(tmpdir(), 'switchyard-hostile-nx-'));
const workspace = join(base, 'workspace');
const nodeModules = resolve(import.meta.dirname, '../../../node_modules');

afterAll(() => {
  rmSync(base, { recursive: true, force: true });
});

it('nx shows the good projects beside all hostile ones, and leaves every file as it was', async () => {
  for (const name of ['', 'good-web', 'good-api', 'packages/plain'])
    mkdirSync(join(workspace, name), { recursive: true });
  mkdirSync(join(base, 'home'));
  const secret = layOutSecret(base);
  for (const hostile of hostileCases) if (hostile.hangsNx !== true) layOut(hostile, workspace, secret, 9);
  const makefile = '.PHONY: test lint\ntest: lint\n\techo\nlint:\n\techo\n';
  for (const name of ['good-web', 'good-api']) writeFileSync(join(workspace, name, 'Makefile'), makefile);
  const nx = { analytics: false, neverConnectToCloud: true, plugins: ['@switchyard/executors'] };
  writeFileSync(join(workspace, 'nx.json'), JSON.stringify(nx));
  writeFileSync(
    join(workspace, 'package.json'),
    '{"name":"root","private":true,"workspaces":["packages/*"]}',
  );
  writeFileSync(join(workspace, 'packages/plain/package.json'), '{"name":"plain-package"}');
  symlinkSync(nodeModules, join(workspace, 'node_modules'));
  const before = treeSnapshot(workspace, ['.nx', 'node_modules']);
  const end = await runToEnd({
    file: join(nodeModules, '.bin/nx'),
    args: ['show', 'projects', '--json'],
    cwd: workspace,
    environment: {
      PATH: process.env['PATH'] ?? '',
      HOME: join(base, 'home'),
      NX_DAEMON: 'false',
      NX_TUI: 'false',
      NX_NO_CLOUD: 'true',
    },
  });
  expect(end.exitCode, end.output).toBe(0);
  const projects: unknown = JSON.parse(end.stdout);
  expect(projects).toEqual(expect.arrayContaining(['good-web', 'good-api', 'plain-package']));
  expect(end.output).not.toContain(secretText);
  expect(treeSnapshot(workspace, ['.nx', 'node_modules'])).toEqual(before);
});
