import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { ExecutorContext } from '@nx/devkit';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import executor from './executor.ts';

const unique = `stp${process.pid}`;
let root = '';
let printed = '';
beforeEach(() => {
  root = mkdtempSync(path.join(tmpdir(), 'setup-'));
  printed = '';
  const print = (chunk: unknown): boolean => {
    printed +=
      typeof chunk === 'string' ? chunk : Buffer.from(chunk instanceof Uint8Array ? chunk : []).toString();
    return true;
  };
  vi.spyOn(process.stdout, 'write').mockImplementation(print);
  vi.spyOn(process.stderr, 'write').mockImplementation(print);
});
afterEach(() => {
  vi.restoreAllMocks();
  execFileSync('docker', ['compose', '-p', `${unique}-dev`, 'down', '-t', '0', '-v'], { stdio: 'ignore' });
  execFileSync('sh', ['-c', `docker network rm ${unique}-net || true`], { stdio: 'ignore' });
  rmSync(root, { recursive: true });
});

function layOut(files: Readonly<Record<string, string>>): void {
  for (const [name, content] of Object.entries(files)) {
    mkdirSync(path.join(root, path.dirname(name)), { recursive: true });
    writeFileSync(path.join(root, name), content);
  }
}

const compose = (health: string): string => `
services:
  app:
    image: busybox:1.36
    command: [sleep, '600']
    init: true
    env_file: [../env/.env.dev]
    networks: [shared]
    healthcheck: { test: [CMD, sh, -c, '${health}'], interval: 1s, retries: 2 }
networks:
  shared: { external: true, name: ${unique}-net }
`;

const context = (): ExecutorContext => ({
  root,
  cwd: root,
  isVerbose: false,
  projectName: 'root',
  targetName: 'setup',
  nxJsonConfiguration: {},
  projectGraph: { nodes: {}, dependencies: {} },
  projectsConfigurations: {
    version: 2,
    projects: {
      [unique]: {
        root: 'api',
        targets: { migrate: { metadata: { technologies: ['make'] } } },
      },
    },
  },
});

it('sets a platform up, goes on where it failed, and finds nothing to do when all is there', async () => {
  layOut({
    'api/compose/dev.yml': compose('test "$$READY" = yes'),
    'api/env/.env.example': 'READY=no\n',
    'api/Makefile': 'migrate:\n\t@echo migrated\n',
  });
  expect(await executor({}, context())).toEqual({ success: false });
  expect(printed).toContain('api/env/.env.dev from .env.example');
  expect(printed).toContain(`network ${unique}-net`);
  expect(printed).toMatch(/app.*unhealthy/);
  expect(printed).not.toContain('migrated');

  layOut({ 'api/env/.env.dev': 'READY=yes\n' });
  printed = '';
  expect(await executor({}, context()), printed).toEqual({ success: true });
  expect(printed).toContain('healthy');
  expect(printed).toContain('migrated');
  expect(printed).not.toContain('network ');

  printed = '';
  expect(await executor({ json: true }, context())).toEqual({ success: true });
  const document: unknown = JSON.parse(printed.slice(printed.indexOf('{')));
  expect(document).toEqual({
    kind: 'complete',
    did: [`${unique}: make migrate`],
  });
});
