import path from 'node:path';
import { runProgram } from '../../process/index.ts';
import type { DatabaseRequest } from './database-request.ts';

/** The goal that make is given: it has a rule of its own, so that nothing of the Makefile is run for it. */
export const ownGoal = '.0';

/** How printing went. `printed` holds what there is; a `failure` says why it may not be all. */
export type PrintedDatabase =
  | { readonly kind: 'printed'; readonly text: string; readonly failure?: string }
  | { readonly kind: 'failed'; readonly problem: string };

/** Told to make before the Makefile: a goal that runs nothing, and flags and goals as a plain run shows them. */
const preamble = `undefine MAKECMDGOALS\nMAKEFLAGS:=\n${ownGoal}:;`;
const largestOutput = 256 * 1024 * 1024;
const notInherited = new Set(['MAKEFLAGS', 'MAKELEVEL', 'MFLAGS', 'MAKEOVERRIDES', 'GNUMAKEFLAGS']);

/** Lets make read a Makefile and print its database, in the Makefile's folder. Its `$(shell)` calls do run. */
export async function printDatabase(request: DatabaseRequest): Promise<PrintedDatabase> {
  const { makefile } = request;
  const timeout = request.timeout ?? 10_000;
  // Gathered here, not by runProgram: it hides secrets in what it keeps, and a name may look like one.
  const chunks: Uint8Array[] = [];
  let size = 0;
  const tooMuch = new AbortController();
  const outcome = await runProgram({
    file: 'make',
    args: [
      ...['--print-data-base', '--question', '--no-builtin-rules', `--eval=${preamble}`],
      ...['-f', path.basename(makefile), ownGoal],
    ],
    cwd: path.dirname(makefile),
    environment: makeEnvironment(request.environment),
    timeout,
    signal: tooMuch.signal,
    maxOutput: 1024 * 1024,
    onOutput: (chunk, stream) => {
      if (stream === 'stderr') return;
      size += chunk.length;
      if (size > largestOutput) tooMuch.abort();
      else chunks.push(chunk);
    },
  });
  switch (outcome.kind) {
    case 'missing':
      return failed('make was not found. Install GNU make (Debian, Ubuntu: apt install make).');
    case 'timed-out':
      return failed(`make did not finish reading ${makefile} in ${timeout} ms.`);
    case 'killed':
      return failed(`make was ended by ${outcome.signal} while it read ${makefile}.`);
    case 'stopped':
      return failed(`make was stopped while it read ${makefile}, after ${size} bytes of output.`);
    case 'exited': {
      const text = Buffer.concat(chunks).toString('utf8');
      // 0 and 1 are answers to --question.
      if (outcome.code <= 1) return { kind: 'printed', text };
      return { kind: 'printed', text, failure: messageIn(outcome.stderr, outcome.code) };
    }
  }
}

function failed(problem: string): PrintedDatabase {
  return { kind: 'failed', problem };
}

function makeEnvironment(environment: Readonly<Record<string, string>>): Record<string, string> {
  const kept = Object.entries(environment).filter(([name]) => !notInherited.has(name));
  return { ...Object.fromEntries(kept), LC_ALL: 'C' };
}

/** make's own message is the last one with stars: those of commands that it started come before. */
function messageIn(stderr: string, code: number): string {
  const lines = stderr.split('\n').filter((line) => line !== '');
  const message = lines.findLast((line) => line.includes(' *** ')) ?? lines.at(-1);
  return message ?? `make ended with exit code ${code} and said nothing.`;
}
