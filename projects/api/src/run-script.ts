import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';

/** For specs: what a program came to. */
export interface ScriptOutcome {
  /** null where a signal ended it. */
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** For specs: runs a program of this folder with nothing but `environment` set, to its end. */
export const runScript = async (
  name: string,
  args: readonly string[],
  environment: Readonly<Record<string, string>>,
): Promise<ScriptOutcome> => {
  const child = spawn(process.execPath, [join(import.meta.dirname, name), ...args], {
    env: environment,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const [stdout, stderr] = await Promise.all([text(child.stdout), text(child.stderr), once(child, 'close')]);
  return { code: child.exitCode, stdout, stderr };
};
