import type { ExecutorContext } from '@nx/devkit';
import { afterEach, expect, it, vi } from 'vitest';
import executor from './executor.ts';

vi.mock('./read-compose-task.ts', () => ({
  readComposeTask: () => {
    throw new Error('nobody expected this');
  },
}));

const listeners = process.listeners('exit');
afterEach(() => {
  for (const listener of process.listeners('exit'))
    if (!listeners.includes(listener)) process.off('exit', listener);
  process.exitCode = undefined;
});

it('a continuous task that throws does not count as done well', async () => {
  const target = { executor: '@switchyard/executors:compose', continuous: true };
  const context: ExecutorContext = {
    root: '/nowhere',
    cwd: '/nowhere',
    isVerbose: false,
    projectName: 'api',
    targetName: 'compose:up',
    target,
    projectsConfigurations: { version: 2, projects: { api: { root: 'api', targets: {} } } },
    nxJsonConfiguration: {},
    projectGraph: { nodes: {}, dependencies: {} },
  };
  await expect(executor({ command: 'up' }, context).next()).rejects.toThrow('nobody expected this');
  for (const listener of process.listeners('exit')) if (!listeners.includes(listener)) listener(0);
  expect(process.exitCode).toBe(130);
});
