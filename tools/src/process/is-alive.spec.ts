import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { expect, it, vi } from 'vitest';
import { isAlive } from './is-alive.ts';

it('is true of a process that runs, whoever has started it', () => {
  expect([process.pid, process.ppid, 1].map(isAlive)).toEqual([true, true, true]);
});

it('is false of one that has ended', async () => {
  const child = spawn('true');
  await once(child, 'exit');
  expect(isAlive(child.pid ?? 0)).toBe(false);
});

it.runIf(process.platform === 'linux')('is false of one that has ended and has not been asked', async () => {
  // The shell becomes a program that does not know of its child; only then the child ends.
  const script = 'exec 3<&0; head -c 1 <&3 >&2 & echo $!; exec sleep 60';
  const parent = spawn('sh', ['-c', script]);
  try {
    const { promise: said, resolve } = Promise.withResolvers<string>();
    parent.stdout.setEncoding('utf8').once('data', resolve);
    const pid = Number(await said);
    await vi.waitFor(() => {
      expect(readFileSync(`/proc/${parent.pid ?? 0}/cmdline`, 'utf8')).toMatch(/^sleep/);
    });
    expect(isAlive(pid)).toBe(true);
    parent.stdin.end();
    await vi.waitFor(() => {
      expect(isAlive(pid)).toBe(false);
    });
    expect(() => process.kill(pid, 0)).not.toThrow();
  } finally {
    parent.kill('SIGKILL');
  }
});
