/** One process of the stress test: takes locks and gives them back, and writes down what it does, until its input ends. */
import { closeSync, openSync, writeSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import { acquireLocks, type LockWish } from '@switchyard/tools/lock';
import { formatEvent, type LockEvent } from './journal.ts';

const [folder = '', journal = '', lanes = '1', ...names] = process.argv.slice(2);
const file = openSync(journal, 'a');
let stopped = false;
process.stdin.on('end', () => (stopped = true)).resume();

/** One write of one line to the end of the file: lines of all processes are in the order in which they happened. */
function note(kind: LockEvent['kind'], owner: string, locks: readonly LockWish[]): void {
  for (const { name, mode } of locks) {
    writeSync(file, formatEvent({ kind, owner, name, mode, at: process.hrtime.bigint() }));
  }
}

async function takeTurns(owner: string): Promise<void> {
  while (!stopped) {
    const locks = randomWishes();
    // The second of two is only asked for when the first is had: that says nothing about who came first.
    if (locks.length === 1) note('ask', owner, locks);
    {
      using held = await acquireLocks({ folder, locks, command: `worker ${owner}`, environment: {} });
      if (held === undefined) throw new Error(`${owner} was not given its locks.`);
      note('acquire', owner, locks);
      if (Math.random() < 0.5) await pause(Math.random() * 2);
      note('release', owner, locks);
    }
    process.stdout.write('.');
  }
}

function randomWishes(): LockWish[] {
  const mode = (): LockWish['mode'] => (Math.random() < 0.5 ? 'shared' : 'exclusive');
  const count = Math.random() < 0.2 ? 2 : 1;
  const first = Math.floor(Math.random() * names.length);
  return Array.from({ length: count }, (_, index) => ({
    name: names[(first + index) % names.length] ?? 'a',
    mode: mode(),
  }));
}

await Promise.all(Array.from({ length: Number(lanes) }, (_, lane) => takeTurns(`${process.pid}.${lane}`)));
closeSync(file);
