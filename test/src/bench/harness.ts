import { spawn } from 'node:child_process';
import { once } from 'node:events';

/** A program to be timed; the environment is whole, nothing of ours is inherited. */
export interface Command {
  readonly file: string;
  readonly args: readonly string[];
  readonly cwd: string;
  readonly environment: Readonly<Record<string, string>>;
  /** Exit codes that count as done; only 0 if not given. */
  readonly accepts?: readonly number[];
}

/** How long a program took, and what it wrote. */
export interface Timing {
  readonly milliseconds: number;
  readonly stdout: string;
  readonly stderr: string;
}

/**
 * Runs a program to its end, in a process group of its own.
 * @throws Error with its output where it ends in another way than accepted: a time of a failure means nothing.
 */
export async function time({ file, args, cwd, environment, accepts = [0] }: Command): Promise<Timing> {
  const started = performance.now();
  const child = spawn(file, args, { cwd, env: { ...environment }, stdio: ['ignore', 'pipe', 'pipe'] });
  const chunks = { stdout: [] as Buffer[], stderr: [] as Buffer[] };
  child.stdout.on('data', (chunk: Buffer) => chunks.stdout.push(chunk));
  child.stderr.on('data', (chunk: Buffer) => chunks.stderr.push(chunk));
  await once(child, 'close');
  const milliseconds = performance.now() - started;
  const stdout = Buffer.concat(chunks.stdout).toString();
  const stderr = Buffer.concat(chunks.stderr).toString();
  if (child.exitCode === null || !accepts.includes(child.exitCode)) {
    const end = child.exitCode === null ? `signal ${child.signalCode ?? '?'}` : `exit code ${child.exitCode}`;
    throw new Error(
      `${file} ${args.join(' ')} in ${cwd} ended with ${end}:\n${tail(stdout)}\n${tail(stderr)}`,
    );
  }
  return { milliseconds, stdout, stderr };
}

function tail(text: string): string {
  return text.split('\n').slice(-40).join('\n');
}

/** Runs commands so many at a time, their output thrown away; gives the milliseconds for all of them. */
export async function timePool(commands: readonly Command[], width: number): Promise<number> {
  const started = performance.now();
  const waiting = commands.values();
  const work = async (): Promise<void> => {
    for (const { file, args, cwd, environment, accepts = [0] } of waiting) {
      const child = spawn(file, args, { cwd, env: { ...environment }, stdio: 'ignore' });
      await once(child, 'exit');
      if (child.exitCode === null || !accepts.includes(child.exitCode))
        throw new Error(
          `${file} ${args.join(' ')} in ${cwd} ended with exit code ${child.exitCode ?? 'none'}.`,
        );
    }
  };
  await Promise.all(Array.from({ length: width }, work));
  return performance.now() - started;
}

/** Something that is measured again and again; it may give several numbers at a time. */
export type Variant = () => Promise<Readonly<Record<string, number>>>;

/**
 * Measures all variants once, then all of them again: what slows the machine down for a while slows all of them down.
 * Every other round goes backwards. Gives the samples of each number.
 */
export async function interleave(
  variants: Readonly<Record<string, Variant>>,
  repetitions: number,
): Promise<(name: string) => readonly number[]> {
  const samples = new Map<string, number[]>();
  for (let repetition = 0; repetition < repetitions; repetition += 1) {
    const round = Object.entries(variants);
    for (const [variant, run] of repetition % 2 === 0 ? round : round.toReversed()) {
      process.stderr.write(`  ${variant} (${repetition + 1} of ${repetitions}) ...\n`);
      for (const [name, value] of Object.entries(await run())) {
        const known = samples.get(name) ?? [];
        samples.set(name, [...known, value]);
      }
    }
  }
  return (name) => {
    const found = samples.get(name);
    if (found === undefined) throw new Error(`No variant measured ${name}.`);
    return found;
  };
}
