import { spawn, type ChildProcessByStdio } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, readFileSync } from 'node:fs';
import { mkdtemp, mkdir, rm } from 'node:fs/promises';
import path from 'node:path';
import type { Readable, Writable } from 'node:stream';
import { acquireLocks } from '@switchyard/tools/lock';
import { parseJournal } from './journal.ts';
import { judge, type Judgement } from './judge.ts';

/** How hard the locks are tried. */
export interface StressSize {
  readonly processes: number;
  /** How many pieces of work each process does at the same time. */
  readonly lanes: number;
  readonly acquisitions: number;
  /** One process is killed, and replaced, for so many acquisitions. */
  readonly killEvery: number;
  readonly names: readonly string[];
}

/** What came of it. */
export interface StressResult extends Judgement {
  readonly kills: number;
  readonly seconds: number;
  /** Files in the folder of the locks after everybody is gone, and each lock was had once more. */
  readonly left: readonly string[];
}

/** Milliseconds without any progress after which the locks count as stuck. */
const patience = 30_000;

/** Has processes fight for locks, kills some of them with SIGKILL, and judges by what they wrote down. */
export async function stressLocks(size: StressSize): Promise<StressResult> {
  // Not below TMPDIR: the paths of sockets have to be short.
  const scratch = await mkdtemp('/tmp/lk-');
  try {
    const folder = path.join(scratch, 'l');
    await mkdir(folder);
    const journal = path.join(scratch, 'journal');
    const started = performance.now();
    const killed = await fight(size, folder, journal);
    const seconds = (performance.now() - started) / 1000;
    const locks = size.names.map((name) => ({ name, mode: 'exclusive' }) as const);
    const signal = AbortSignal.timeout(patience);
    const last = await acquireLocks({ folder, locks, command: 'the last one', environment: {}, signal });
    if (last === undefined) throw new Error('A lock could not be had after all its holders were gone.');
    last.release();
    const left = readdirSync(folder, { recursive: true }).map(String);
    const judgement = judge(parseJournal(readFileSync(journal, 'utf8')), killed);
    return { ...judgement, kills: killed.size, seconds, left };
  } finally {
    await rm(scratch, { recursive: true });
  }
}

type Worker = ChildProcessByStdio<Writable, Readable, null>;

/** The processes that were killed. */
async function fight(size: StressSize, folder: string, journal: string): Promise<ReadonlySet<string>> {
  const killed = new Set<string>();
  const workers = new Set<Worker>();
  const ends: Promise<void>[] = [];
  let count = 0;
  let stuck: NodeJS.Timeout | undefined;
  await new Promise<void>((resolve, reject) => {
    stuck = setTimeout(() => {
      reject(new Error(`Nobody got a lock for ${patience / 1000} s, after ${count} acquisitions.`));
    }, patience);
    const start = (): void => {
      const program = path.join(import.meta.dirname, 'worker.ts');
      const args = [program, folder, journal, String(size.lanes), ...size.names];
      const worker = spawn(process.execPath, args, { stdio: ['pipe', 'pipe', 'inherit'] });
      workers.add(worker);
      worker.stdin.on('error', () => undefined);
      worker.stdout.on('data', (dots: Buffer) => {
        stuck?.refresh();
        const due = Math.floor((count + dots.length) / size.killEvery) > Math.floor(count / size.killEvery);
        count += dots.length;
        if (count >= size.acquisitions) resolve();
        else if (due) kill();
      });
      ends.push(
        once(worker, 'close').then(([code]: unknown[]) => {
          workers.delete(worker);
          if (code === 0 || killed.has(String(worker.pid))) return;
          reject(new Error(`A worker ended with exit code ${String(code)}.`));
        }),
      );
    };
    const kill = (): void => {
      const [victim] = [...workers].sort(() => Math.random() - 0.5);
      if (victim === undefined) return;
      killed.add(String(victim.pid));
      victim.kill('SIGKILL');
      workers.delete(victim);
      start();
    };
    for (let index = 0; index < size.processes; index++) start();
  }).finally(() => {
    clearTimeout(stuck);
    for (const worker of workers) worker.stdin.end();
  });
  await Promise.all(ends);
  return killed;
}
