import { existsSync } from 'node:fs';
import { CapturedStream } from './captured-stream.ts';
import { connectStreams } from './connected-streams.ts';
import { endGroup } from './process-group.ts';
import type { ProgramOutcome, ProgramOutput, ProgramRequest } from './program.ts';
import { startTracked } from './running-programs.ts';
import { secretHider } from './secrets.ts';

const defaultMaxOutput = 64 * 1024 * 1024;
const longestTimer = 2 ** 31 - 1;

/** How long output may stay silent after the program ended, while a process it left behind holds the pipe. */
const drainTime = 1000;

/**
 * Starts a program and waits for its end. On timeout, on abort and when this process is told to stop, everything that
 * the program started is ended too: SIGTERM, and SIGKILL after 5 s. Throws for what is not an outcome of the program: a
 * working directory that does not exist, a file that may not be executed.
 */
export async function runProgram(request: ProgramRequest): Promise<ProgramOutcome> {
  // Loaded when something is started: inference, which every nx command waits for, usually starts nothing.
  const { execa } = await import('execa');
  const environment = definedOnly(request.environment ?? process.env);
  const ownGroup = request.terminal !== true;
  const captures = ownGroup && request.passThrough !== true;
  const limit = request.maxOutput ?? defaultMaxOutput;
  const stdout = new CapturedStream(limit);
  const stderr = new CapturedStream(limit);
  const hide = secretHider(environment, request.secrets);
  const started = performance.now();
  const output = (): ProgramOutput => ({
    stdout: hide(stdout.text()),
    stderr: hide(stderr.text()),
    milliseconds: performance.now() - started,
    omitted: stdout.omitted + stderr.omitted,
  });
  if (request.signal?.aborted === true) return { kind: 'stopped', ...output() };

  let interruption: 'timed-out' | 'stopped' | undefined;
  const start = () => {
    const child = execa(request.file, [...request.args], {
      ...(request.cwd === undefined ? {} : { cwd: request.cwd }),
      ...(request.input === undefined
        ? { stdin: request.inputFrom ? 'pipe' : ownGroup ? 'ignore' : 'inherit' }
        : { input: request.input }),
      env: environment,
      extendEnv: false,
      stdout: captures ? 'pipe' : 'inherit',
      stderr: captures ? 'pipe' : 'inherit',
      buffer: false,
      encoding: 'buffer',
      reject: false,
      detached: ownGroup,
      cleanup: false,
    });

    const onStop = (): void => {
      interruption ??= 'stopped';
    };
    return { child, program: child.pid === undefined ? undefined : { pid: child.pid, ownGroup, onStop } };
  };
  const { child, untrack } = startTracked(start);

  let ending: Promise<void> | undefined;
  const { nodeChildProcess, pid } = child;
  const end = (reason: 'timed-out' | 'stopped'): void => {
    if (pid === undefined || interruption !== undefined) return;
    interruption = reason;
    if (ownGroup) ending = endGroup(pid);
    else child.kill();
  };
  const onAbort = (): void => {
    end('stopped');
  };
  request.signal?.addEventListener('abort', onAbort, { once: true });
  const timer =
    request.timeout === undefined
      ? undefined
      : setTimeout(end, Math.min(request.timeout, longestTimer), 'timed-out');

  let drain: NodeJS.Timeout | undefined;
  const capture = (name: 'stdout' | 'stderr', captured: CapturedStream): void => {
    nodeChildProcess[name]?.on('data', (chunk: Uint8Array) => {
      drain?.refresh();
      captured.add(chunk);
      request.onOutput?.(chunk, name);
    });
  };
  const streams = connectStreams(request, nodeChildProcess, () => {
    // After a timeout or an abort a broken stream is its consequence.
    const isFirst = interruption === undefined;
    end('stopped');
    return isFirst;
  });
  if (captures) {
    if (request.outputTo === undefined) capture('stdout', stdout);
    capture('stderr', stderr);
    nodeChildProcess.once('exit', () => {
      drain = setTimeout(() => {
        // Whoever reads it may be slower than the program was.
        if (request.outputTo === undefined) nodeChildProcess.stdout?.destroy();
        nodeChildProcess.stderr?.destroy();
      }, drainTime);
    });
  }

  try {
    const result = await child;
    await ending;
    if (pid === undefined) return notStarted(request, result, hide);
    const broken = await streams;
    if (broken !== undefined) throw broken.failure;
    if (interruption === 'timed-out')
      return { kind: interruption, timeout: request.timeout ?? 0, ...output() };
    if (interruption === 'stopped') return { kind: interruption, ...output() };
    const { exitCode, signalCode } = nodeChildProcess;
    if (exitCode !== null) return { kind: 'exited', code: exitCode, ...output() };
    return { kind: 'killed', signal: signalCode ?? 'an unknown signal', ...output() };
  } finally {
    clearTimeout(timer);
    clearTimeout(drain);
    request.signal?.removeEventListener('abort', onAbort);
    untrack();
  }
}

function definedOnly(environment: Readonly<Record<string, string | undefined>>): Record<string, string> {
  const defined: Record<string, string> = {};
  for (const [name, value] of Object.entries(environment)) if (value !== undefined) defined[name] = value;
  return defined;
}

/** The operating system says ENOENT for a program and for a working directory alike. */
function notStarted(
  request: ProgramRequest,
  failure: { readonly code?: string | undefined; readonly shortMessage?: string | undefined },
  hide: (text: string) => string,
): ProgramOutcome {
  const folder = request.cwd;
  if (folder !== undefined && !existsSync(folder)) {
    throw new Error(`${request.file} was not started: its working directory ${folder} does not exist.`);
  }
  // A folder of the PATH that this user may not look into: the program may as well not be there.
  const isHidden = failure.code === 'EACCES' && !request.file.includes('/');
  if (failure.code === 'ENOENT' || isHidden) return { kind: 'missing', program: request.file };
  const reason = hide(failure.shortMessage ?? failure.code ?? 'the reason is not known');
  throw new Error(`${request.file} was not started: ${reason}`);
}
