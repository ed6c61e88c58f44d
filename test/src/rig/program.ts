import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { constants } from 'node:os';
import { stripVTControlCharacters } from 'node:util';

/** What a program is started with; the environment is whole, nothing of ours is inherited. */
export interface ProgramStart {
  readonly file: string;
  readonly args: readonly string[];
  readonly cwd: string;
  readonly environment: Readonly<Record<string, string>>;
}

/** How a program ended. `exitCode` of one that a signal ended is 128 and the signal's number, as shells say it. */
export interface ProgramEnd {
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
  /** Both streams as they came. */
  readonly output: string;
  readonly milliseconds: number;
}

/** A program that runs, in a process group of its own so that a test can signal all of it as a terminal would. */
export interface RunningProgram extends AsyncDisposable {
  readonly pid: number;
  readonly ended: Promise<ProgramEnd>;
  /** Waits until the output holds a text; fails when the program ends without it. */
  prints(text: string): Promise<void>;
  signalGroup(signal: NodeJS.Signals): void;
}

/** Starts a program and collects its output, without colours. */
export async function startProgram({ file, args, cwd, environment }: ProgramStart): Promise<RunningProgram> {
  const started = performance.now();
  const child = spawn(file, args, {
    cwd,
    env: { ...environment },
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const chunks = { stdout: [] as Buffer[], stderr: [] as Buffer[], output: [] as Buffer[] };
  const text = (name: keyof typeof chunks): string =>
    stripVTControlCharacters(Buffer.concat(chunks[name]).toString());
  const { promise: ended, resolve } = Promise.withResolvers<ProgramEnd>();
  let listeners: (() => void)[] = [];
  const changed = (): void => {
    for (const listener of listeners) listener();
  };
  for (const name of ['stdout', 'stderr'] as const) {
    child[name].on('data', (chunk: Buffer) => {
      chunks[name].push(chunk);
      chunks.output.push(chunk);
      changed();
    });
  }
  child.once('close', (code: number | null, signal: NodeJS.Signals | null) => {
    resolve({
      exitCode: code ?? 128 + (signal === null ? 0 : constants.signals[signal]),
      stdout: text('stdout'),
      stderr: text('stderr'),
      output: text('output'),
      milliseconds: performance.now() - started,
    });
  });
  await once(child, 'spawn');
  const pid = child.pid ?? 0;
  const signalGroup = (signal: NodeJS.Signals): void => {
    try {
      process.kill(-pid, signal);
    } catch (error) {
      // The group is already gone: then there is nothing to signal.
      if (!(error instanceof Error && 'code' in error && error.code === 'ESRCH')) throw error;
    }
  };
  return {
    pid,
    ended,
    signalGroup,
    async prints(wanted) {
      const { promise: seen, resolve: see } = Promise.withResolvers<'seen'>();
      const look = (): void => {
        if (text('output').includes(wanted)) see('seen');
      };
      listeners.push(look);
      look();
      const first = await Promise.race([seen, ended]);
      listeners = listeners.filter((listener) => listener !== look);
      if (first !== 'seen' && !first.output.includes(wanted)) {
        throw new Error(`${file} ended without printing "${wanted}":\n${first.output}`);
      }
    },
    async [Symbol.asyncDispose]() {
      signalGroup('SIGKILL');
      await ended;
    },
  };
}

/** Runs a program to its end. */
export async function runToEnd(start: ProgramStart): Promise<ProgramEnd> {
  return await (
    await startProgram(start)
  ).ended;
}

/** Runs a program whose failure means that the rig itself is broken; gives its output. */
export async function mustRun(start: ProgramStart): Promise<string> {
  const end = await runToEnd(start);
  if (end.exitCode !== 0) {
    throw new Error(
      `${[start.file, ...start.args].join(' ')} in ${start.cwd} ended with ${end.exitCode}:\n${end.output}`,
    );
  }
  return end.output;
}
