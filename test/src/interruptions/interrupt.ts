import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { acquireLocks } from '@switchyard/tools/lock';
import type { Platform } from './platform.ts';

/** A command that is interrupted after so many milliseconds. */
export interface Interruption {
  readonly action: 'up' | 'run' | 'down';
  readonly signal: 'SIGINT' | 'SIGKILL';
  readonly delay: number;
}

/** What was wrong afterwards; empty when all was well. */
export interface Aftermath {
  readonly problems: readonly string[];
  /** Whether the command had finished before. */
  readonly finished: boolean;
}

const command = fileURLToPath(new URL('./command.ts', import.meta.url));

/** Interrupts a command, runs the next one, and looks for what was left behind. */
export async function interrupt(platform: Platform, interruption: Interruption): Promise<Aftermath> {
  const { action, signal, delay } = interruption;
  const foreign = await platform.foreign();
  if (action === 'down') await run(platform, 'up');
  const before = await platform.inEngine();
  const { output, finished } = await run(platform, action, { signal, delay });
  const problems: string[] = [];
  const expectGone = async (when: string): Promise<void> => {
    const left = await platform.inEngine();
    if (left.length > 0) problems.push(`left ${when}: ${left.join(', ')}\n${output}`);
  };
  // The first Ctrl-C takes down what was begun, before the process ends.
  if (signal === 'SIGINT' && action !== 'down' && !finished) await expectGone('by Ctrl-C');
  if (action === 'up' && finished) await run(platform, 'down');
  // It was interrupted before it had begun: then nothing may have changed.
  if (action === 'down' && (await platform.inEngine()).join() === before.join()) await run(platform, 'down');
  await nextCommand(platform);
  await expectGone('after the next command');
  const name = platform.environment.composeProject;
  if ((await platform.foreign()).join() !== foreign.join())
    problems.push('the project of somebody else changed');
  problems.push(...recordsOf(name), ...processesOf(name), ...(await lockOf(name)));
  return { problems, finished };
}

/** Any lifecycle command, of another environment. */
async function nextCommand(platform: Platform): Promise<void> {
  const { takeDown } = await import('@switchyard/tools/compose');
  const other = { ...platform.environment, composeProject: `${platform.environment.composeProject}-next` };
  const outcome = await takeDown(
    other,
    {},
    { name: 'next', report: () => undefined, onOutput: () => undefined },
  );
  if (outcome.kind !== 'done')
    throw new Error(`The next command did not succeed: ${JSON.stringify(outcome)}`);
}

async function run(
  platform: Platform,
  action: string,
  interruption?: Pick<Interruption, 'signal' | 'delay'>,
): Promise<{ output: string; finished: boolean }> {
  const child = spawn(process.execPath, [command, action, platform.folder], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let output = '';
  child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()));
  const exited = once(child, 'exit');
  if (interruption !== undefined) {
    // The moment is what is random here: there is no event to wait for.
    await Promise.race([exited, sleep(interruption.delay)]);
    child.kill(interruption.signal);
  }
  await exited;
  return { output, finished: /^finished: (?:ready|done)$/m.test(output) };
}

function recordsOf(composeProject: string): readonly string[] {
  const folder = `/tmp/switchyard-${process.getuid?.() ?? 'user'}/environments`;
  return readdirSync(folder).flatMap((name) => {
    const text = read(`${folder}/${name}`);
    return text.includes(`"${composeProject}"`) ? [`a record: ${text}`] : [];
  });
}

function processesOf(composeProject: string): readonly string[] {
  return readdirSync('/proc').flatMap((pid) => {
    const words = /^\d+$/.test(pid) ? read(`/proc/${pid}/cmdline`).split('\0') : [];
    return words.some((word) => word === composeProject || word.endsWith(`project=${composeProject}`))
      ? [`a process: ${words.join(' ')}`]
      : [];
  });
}

async function lockOf(composeProject: string): Promise<readonly string[]> {
  const patience = new AbortController();
  const locks = await acquireLocks({
    locks: [{ name: `compose:${composeProject}`, mode: 'exclusive' }],
    command: 'interruptions',
    signal: patience.signal,
    onWait: () => {
      patience.abort();
    },
  });
  locks?.release();
  return locks === undefined ? ['its lock is held'] : [];
}

function read(file: string): string {
  try {
    return readFileSync(file, 'latin1');
  } catch {
    // It is gone meanwhile.
    return '';
  }
}
