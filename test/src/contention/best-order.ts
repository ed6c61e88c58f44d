import { spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';

/** Where the platform stands and what its programs get. */
export interface ContentionPlace {
  readonly folder: string;
  readonly environment: Readonly<Record<string, string>>;
}

/**
 * The checks of the three projects in the best order that their shared port and name allow, all others side by side, by
 * plain make: what a person would write by hand who knows that jobs must wait for the other two. Gives milliseconds.
 */
export async function bestOrder(place: ContentionPlace): Promise<number> {
  const started = performance.now();
  const development = async (project: string): Promise<void> => {
    await make(place, project, 'dev-up');
    await Promise.all(['lint', 'type-check'].map((check) => make(place, project, '-o', 'dev-up', check)));
    await make(place, project, 'dev-down');
  };
  const test = async (project: string): Promise<void> => {
    await make(place, project, 'test');
    await make(place, project, 'test-down');
  };
  await Promise.all([
    ...['api', 'jobs', 'terminal'].map(development),
    Promise.all([test('api'), test('terminal')]).then(() => test('jobs')),
  ]);
  return performance.now() - started;
}

async function make(
  { folder, environment }: ContentionPlace,
  project: string,
  ...args: string[]
): Promise<void> {
  const cwd = path.join(folder, project);
  const child = spawn('make', ['--silent', ...args], {
    cwd,
    env: { ...environment },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  const errors: Buffer[] = [];
  child.stderr.on('data', (chunk: Buffer) => errors.push(chunk));
  await once(child, 'close');
  if (child.exitCode !== 0)
    throw new Error(`make ${args.join(' ')} in ${project} failed:\n${Buffer.concat(errors).toString()}`);
}
