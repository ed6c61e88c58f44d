import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Writable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runProgram, type ProgramRequest } from './index.ts';

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'process-'));
});
afterAll(() => rm(folder, { recursive: true }));

const shell = (script: string, more: Partial<ProgramRequest> = {}) =>
  runProgram({ file: 'sh', args: ['-c', script], cwd: folder, ...more });

/** Ended, or a zombie that only waits for the first process to take note. */
function isGone(pid: number): boolean {
  const status = `/proc/${pid}/stat`;
  if (existsSync('/proc/self')) return !existsSync(status) || readFileSync(status, 'latin1').includes(') Z ');
  try {
    return !process.kill(pid, 0);
  } catch {
    return true;
  }
}

const readPid = (name: string) => Number(readFileSync(join(folder, name), 'utf8'));

describe('runProgram', () => {
  it('keeps the exit code and both streams', async () => {
    const outcome = await shell('echo out; echo err >&2; exit 3');
    expect(outcome).toMatchObject({ kind: 'exited', code: 3, stdout: 'out\n', stderr: 'err\n' });
  });

  it('passes input, and arguments as they are', async () => {
    const args = ['-c', 'cat; printf "[%s]" "$@"', 'sh', 'a b', '$HOME', '"'];
    const outcome = await runProgram({ file: 'sh', args, input: 'in ' });
    expect(outcome).toMatchObject({ stdout: 'in [a b][$HOME]["]' });
  });

  it('gives standard input an end when there is no input', async () => {
    expect(await shell('cat; echo end')).toMatchObject({ kind: 'exited', stdout: 'end\n' });
  });

  it('uses the environment given as the whole environment', async () => {
    const outcome = await shell('echo "$GIVEN-$ABSENT-$HOME"', {
      environment: { GIVEN: 'yes', ABSENT: undefined, PATH: process.env['PATH'] },
    });
    expect(outcome).toMatchObject({ stdout: 'yes--\n' });
  });

  it('replaces bytes that are not UTF-8', async () => {
    expect(await shell(String.raw`printf 'a\377b'`)).toMatchObject({ stdout: 'a\u{FFFD}b' });
  });

  it('hands on chunks as they come', async () => {
    const seen: string[] = [];
    await shell('echo one; echo two >&2', {
      onOutput: (chunk, stream) => seen.push(`${stream} ${String(chunk)}`),
    });
    expect(seen.toSorted()).toEqual(['stderr two\n', 'stdout one\n']);
  });

  it('keeps the end of long output, and tells how much is left out', async () => {
    const outcome = await shell('printf 0123456789', { maxOutput: 4 });
    expect(outcome).toMatchObject({ stdout: '6789', omitted: 6 });
  });

  it('hides secrets: those given, and variables that are named like one', async () => {
    const outcome = await shell('echo "$DEPLOY_TOKEN other $MONKEY"', {
      environment: { ...process.env, DEPLOY_TOKEN: 'tok-123456', MONKEY: 'business' },
      secrets: ['other'],
    });
    expect(outcome).toMatchObject({ stdout: '*** *** business\n' });
  });

  it('tells a missing program from a missing folder and from one that may not be run', async () => {
    expect(await runProgram({ file: 'no-such-program', args: [] })).toEqual({
      kind: 'missing',
      program: 'no-such-program',
    });
    await expect(shell('true', { cwd: join(folder, 'none') })).rejects.toThrow(
      /its working directory .*none does not/,
    );
    await expect(runProgram({ file: '/etc/passwd', args: [] })).rejects.toThrow(
      /passwd was not started: .*EACCES/,
    );
  });

  it('calls a program missing that is hidden in a folder of the PATH', async () => {
    const hidden = join(folder, 'hidden');
    await mkdir(hidden);
    await writeFile(join(hidden, 'some-program'), '', { mode: 0o600 });
    expect(
      await runProgram({ file: 'some-program', args: [], environment: { ...process.env, PATH: hidden } }),
    ).toEqual({ kind: 'missing', program: 'some-program' });
  });

  it('tells which signal ended a program', async () => {
    expect(await shell('kill -KILL $$')).toMatchObject({ kind: 'killed', signal: 'SIGKILL' });
  });

  it('does not wait for a process that was left behind', async () => {
    const outcome = await shell('sleep 60 & echo $! > left; echo done');
    expect(outcome).toMatchObject({ kind: 'exited', code: 0, stdout: 'done\n' });
    process.kill(readPid('left'), 'SIGKILL');
  });

  it('ends grandchildren at the timeout, with SIGTERM first', async () => {
    const script = 'sleep 60 & echo $! > grandchild; trap "echo bye; exit" TERM; wait';
    const outcome = await shell(script, { timeout: 1000 });
    expect(outcome).toMatchObject({ kind: 'timed-out', timeout: 1000, stdout: 'bye\n' });
    expect(isGone(readPid('grandchild'))).toBe(true);
  });

  it('kills what ignores SIGTERM, after the grace time', async () => {
    const stubborn = 'trap "" TERM; echo $$ > stubborn; while :; do sleep 60; done';
    const script = `sh -c '${stubborn}' >/dev/null 2>&1 & wait`;
    const outcome = await shell(script, { timeout: 1000 });
    expect(outcome).toMatchObject({ kind: 'timed-out' });
    expect(isGone(readPid('stubborn'))).toBe(true);
  }, 15_000);

  it('stops when the signal is aborted', async () => {
    const controller = new AbortController();
    const running = shell('echo ready; sleep 60', {
      signal: controller.signal,
      onOutput: () => {
        controller.abort();
      },
    });
    expect(await running).toMatchObject({ kind: 'stopped', stdout: 'ready\n' });
    expect(await shell('true', { signal: AbortSignal.abort() })).toMatchObject({ kind: 'stopped' });
  });
});

describe('runProgram with streams of any length', () => {
  const size = 96 * 1024 * 1024;
  const block = Buffer.alloc(65_536, 255);
  const sizeOf = async (stream: AsyncIterable<Uint8Array>): Promise<number> => {
    let bytes = 0;
    for await (const chunk of stream) bytes += chunk.length;
    return bytes;
  };
  const write = (stdin: Writable, length = size): Promise<void> =>
    pipeline(function* () {
      for (let left = length; left > 0; left -= block.length) yield block;
    }, stdin);

  it('carries bytes both ways, in little memory', async () => {
    // Far more than what waits for the garbage collector at any time.
    const much = 6 * size;
    let read = 0;
    const before = process.memoryUsage().rss;
    const outcome = await runProgram({
      file: 'cat',
      args: [],
      inputFrom: (stdin) => write(stdin, much),
      outputTo: async (stdout) => (read = await sizeOf(stdout)),
    });
    expect(outcome).toMatchObject({ kind: 'exited', code: 0, stdout: '' });
    expect(read).toBe(much);
    expect(process.memoryUsage().rss - before).toBeLessThan(much / 2);
  });

  it('loses nothing to a reader that is slower than the program', async () => {
    let read = 0;
    await shell('head -c 300000 /dev/zero', {
      outputTo: async (stdout) => {
        for await (const chunk of stdout) {
          read += Buffer.from(chunk).length;
          if (read <= 65_536) await sleep(1500);
        }
      },
    });
    expect(read).toBe(300_000);
  });

  it('does not mind a program that reads no further', async () => {
    const outcome = await shell('head -c 1 >/dev/null; echo enough; exit 4', {
      inputFrom: (stdin) => write(stdin),
    });
    expect(outcome).toMatchObject({ kind: 'exited', code: 4, stdout: 'enough\n' });
  });

  it('ends the program when writing or reading fails, and says why', async () => {
    const broken = shell('echo $$ > reader; cat >/dev/null; sleep 60', {
      inputFrom: async (stdin) => {
        await write(stdin, 65_536 * 64);
        throw new Error('the source broke');
      },
    });
    await expect(broken).rejects.toThrow('the source broke');
    expect(isGone(readPid('reader'))).toBe(true);
    const full = shell('echo $$ > writer; cat /dev/zero', {
      outputTo: async (stdout) => {
        for await (const chunk of stdout) throw new Error(`no room for ${typeof chunk}`);
      },
    });
    await expect(full).rejects.toThrow('no room for object');
    expect(isGone(readPid('writer'))).toBe(true);
  });

  it('tells a missing program all the same', async () => {
    const outcome = await runProgram({
      file: 'no-such-program',
      args: [],
      outputTo: sizeOf,
      inputFrom: write,
    });
    expect(outcome).toEqual({ kind: 'missing', program: 'no-such-program' });
  });
});

describe('when this process is told to stop', () => {
  const program = new URL('./index.ts', import.meta.url).href;
  const start = (after: string) => {
    const script = `import { runProgram } from '${program}';
      const onOutput = (chunk) => { process.stdout.write(chunk); ${after} };
      await runProgram({ file: 'sh', args: ['-c', 'sleep 60 & echo $!; wait'], onOutput });`;
    return spawn(process.execPath, ['--input-type=module', '-e', script], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
  };

  it.each(['SIGINT', 'SIGTERM', 'SIGHUP'] as const)('%s leaves no process', async (signal) => {
    const parent = start('');
    const grandchild = String(await once(parent.stdout, 'data'));
    parent.kill(signal);
    expect(await once(parent, 'exit')).toEqual([null, signal]);
    expect(isGone(Number(grandchild))).toBe(true);
  });

  it('its own exit leaves no process', async () => {
    const parent = start('process.exit(7)');
    const grandchild = String(await once(parent.stdout, 'data'));
    expect(await once(parent, 'exit')).toEqual([7, null]);
    expect(isGone(Number(grandchild))).toBe(true);
  });
});

describe('onStop', () => {
  const module = new URL('./index.ts', import.meta.url).href;
  const start = (work: string) => {
    const script = `import { onStop, runProgram } from '${module}';
      onStop(async () => { ${work} });
      setInterval(() => undefined, 1000);
      console.log('ready');`;
    return spawn(process.execPath, ['--input-type=module', '-e', script], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
  };

  it('does its work before the process ends, also by starting programs', async () => {
    const parent = start(
      "const { stdout } = await runProgram({ file: 'echo', args: ['bye'] }); console.log(stdout)",
    );
    await once(parent.stdout, 'data');
    parent.kill('SIGTERM');
    const said = once(parent.stdout, 'data');
    expect(await once(parent, 'exit')).toEqual([null, 'SIGTERM']);
    expect(String(await said)).toBe('bye\n\n');
  });

  it('is given up at the second Ctrl-C, but not when one reaches us twice', async () => {
    const parent = start("console.log('begun'); await new Promise((resolve) => setTimeout(resolve, 20_000))");
    await once(parent.stdout, 'data');
    parent.kill('SIGINT');
    expect(String((await once(parent.stdout, 'data'))[0])).toBe('begun\n');
    parent.kill('SIGTERM');
    const exited = once(parent, 'exit');
    // As long as one press may take.
    expect(await Promise.race([exited, sleep(500, 'still there')])).toBe('still there');
    parent.kill('SIGINT');
    expect(await exited).toEqual([null, 'SIGINT']);
  });
});
