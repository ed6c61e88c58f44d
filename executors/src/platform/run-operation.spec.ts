import { mkdirSync, writeFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ExecutorContext } from '@nx/devkit';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import cleanup from '../executors/cleanup/executor.ts';
import health from '../executors/health/executor.ts';
import logs from '../executors/logs/executor.ts';
import status from '../executors/status/executor.ts';

let root = '';
let context: ExecutorContext;
beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'op-'));
  mkdirSync(join(root, 'api', 'compose'), { recursive: true });
  writeFileSync(join(root, 'api', 'compose', 'dev.yml'), 'services: { app: { image: busybox } }\n');
  context = {
    root,
    cwd: root,
    isVerbose: false,
    targetName: 'operation',
    projectsConfigurations: { version: 2, projects: { api: { root: 'api' } } },
    nxJsonConfiguration: {},
    projectGraph: { nodes: {}, dependencies: {} },
  };
});
afterAll(() => rm(root, { recursive: true }));

let out = '';
let err = '';
beforeEach(() => {
  out = err = '';
  vi.spyOn(process.stdout, 'write').mockImplementation((text) => (out += String(text)) !== '');
  vi.spyOn(process.stderr, 'write').mockImplementation((text) => (err += String(text)) !== '');
  // No engine is to be found, whatever this machine has.
  vi.stubEnv('PATH', root);
});
afterEach(() => {
  vi.restoreAllMocks();
  vi.unstubAllEnvs();
});

const operations = { cleanup, health, logs, status };

describe.each(Object.entries(operations))('%s', (_name, run) => {
  it('names the projects there are when it is asked for another', async () => {
    expect(await run({ projects: ['web'] }, context)).toEqual({ success: false });
    expect(err).toBe('No project with compose files is called web.\nThere is api.\n');
  });

  it('names the option that is wrong', async () => {
    expect(await run({ environment: [5] }, context)).toEqual({ success: false });
    expect(err).toMatch(/^operation: --environment\S* Invalid input/);
  });

  it('says what to do when there is no engine', async () => {
    expect(await run({ environment: ['dev'] }, context)).toEqual({ success: false });
    expect(out + err).toMatch(/No container engine was found: docker and podman are not on the PATH\./);
    expect(out + err).toMatch(/Install Docker \(https:/);
  });
});

it('logs refuses a time that the engine would not understand', async () => {
  expect(await logs({ since: 'yesterday' }, context)).toEqual({ success: false });
  expect(err).toBe('operation: --since is neither a time span (1h, 10m) nor a date\n');
});

it('health prints one JSON document on standard output, and nothing else', async () => {
  expect(await health({ json: true }, context)).toEqual({ success: false });
  expect(JSON.parse(out)).toMatchObject({
    healthy: false,
    checks: [{ subject: 'engine', result: 'failed' }],
  });
  expect(err).toBe('');
});
