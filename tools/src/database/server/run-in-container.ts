import { runProgram, type ProgramOutcome, type ProgramRequest } from '../../process/index.ts';
import type { Database } from './database-server.ts';
import { DatabaseFailure } from './database-failure.ts';

type Streams = Pick<ProgramRequest, 'input' | 'inputFrom' | 'outputTo' | 'signal' | 'timeout' | 'maxOutput'>;

/** What is needed to start a program beside a server. */
export type Reach = Pick<Database, 'engine' | 'container' | 'password'>;

/**
 * Runs a program inside the container of a server, with the version of the tools that fits it. The password goes through
 * the environment of the engine's program: it stands on no command line and in no output.
 */
export function runInContainer(
  { engine, container, password }: Reach,
  command: readonly [string, ...string[]],
  streams: Streams = {},
): Promise<ProgramOutcome> {
  const readsInput = streams.input !== undefined || streams.inputFrom !== undefined;
  return runProgram({
    file: engine.program,
    args: [
      'exec',
      ...(readsInput ? ['--interactive'] : []),
      ...(password === '' ? [] : ['--env', 'PGPASSWORD']),
      ...['--env', 'PGAPPNAME=switchyard', '--env', 'LC_MESSAGES=C', container.id],
      ...command,
    ],
    environment: { ...process.env, ...(password === '' ? {} : { PGPASSWORD: password }) },
    secrets: [password],
    ...streams,
  });
}

/** What a program printed that ended well. Throws a DatabaseFailure with what it complained about, or `Stopped`. */
export function expectSuccess(doing: string, program: string, outcome: ProgramOutcome): string {
  if (outcome.kind === 'exited' && outcome.code === 0) return outcome.stdout;
  if (outcome.kind === 'stopped') throw new Stopped(`${doing}: stopped.`);
  throw new DatabaseFailure(`${doing}: ${program} ${complaint(outcome)}`);
}

/** Work that was given up because it was told to. */
export class Stopped extends Error {
  override readonly name = 'Stopped';
}

function complaint(outcome: ProgramOutcome): string {
  switch (outcome.kind) {
    case 'missing':
      return `could not be started: ${outcome.program} is not on the PATH.`;
    case 'timed-out':
      return `did not end within ${outcome.timeout / 1000} s.`;
    case 'killed':
      return `was ended by ${outcome.signal}.`;
    case 'stopped':
      return 'was stopped.';
    case 'exited': {
      const said = outcome.stderr.trim().split('\n').slice(0, 8).join('\n  ');
      const hint =
        outcome.code === 126 || outcome.code === 127
          ? '\nIts image has no such program: use an image with the client tools of PostgreSQL.'
          : '';
      return `failed with exit code ${outcome.code}:\n  ${said || outcome.stdout.trim() || 'it said nothing'}${hint}`;
    }
  }
}
