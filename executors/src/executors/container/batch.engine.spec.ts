import { randomBytes } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runProgram } from '@switchyard/tools/process';
import { afterAll, expect, it, vi } from 'vitest';
import { createProjectGraph } from '../../batch/batch.fixture.ts';
import batch from './batch.ts';

const root = mkdtempSync(join(tmpdir(), 'ex-'));
const composeProject = `ex-${randomBytes(4).toString('hex')}`;
mkdirSync(join(root, 'api'));
writeFileSync(
  join(root, 'api', 'compose.yaml'),
  `services: { app: { image: 'busybox:1.36', init: true, command: sleep 900 } }\nname: ${composeProject}\n`,
);
afterAll(async () => {
  await runProgram({ file: 'docker', args: ['compose', '-p', composeProject, 'down', '--timeout', '0'] });
  rmSync(root, { recursive: true });
});

it('brings the environment up once for all tasks, and gives each its output', async () => {
  vi.spyOn(process.stdout, 'write').mockReturnValue(true);
  vi.spyOn(process.stderr, 'write').mockReturnValue(true);
  const context = {
    root,
    nxJsonConfiguration: {},
    projectsConfigurations: { version: 2, projects: { api: { root: 'api' } } },
  };
  const options = {
    'api:lint': { command: ['echo', 'a  "b"', '$c'] },
    'api:bad': { command: ['sh', '-c', 'exit 3'] },
    'api:none': { command: 'true', environment: 'ci' },
  };
  const graph = createProjectGraph({ 'api:lint': [], 'api:bad': [], 'api:none': [] });
  const results = new Map<string, { readonly success: boolean; readonly terminalOutput: string }>();
  for await (const { task, result } of batch(graph, options, {}, context)) results.set(task, result);
  vi.restoreAllMocks();
  expect(results.get('api:lint')).toMatchObject({ success: true });
  expect(results.get('api:lint')?.terminalOutput).toContain('a  "b" $c\n');
  expect(results.get('api:bad')).toMatchObject({ success: false });
  expect(results.get('api:none')?.terminalOutput).toBe(
    'api:none: api has no environment ci. It has: dev.\nChoose one with `-c NAME`.\n',
  );
  const lines = [...results.values()].map(({ terminalOutput }) => terminalOutput).join('');
  expect(lines.split(`${composeProject} is ready: app`)).toHaveLength(2);
});
