import { runProgram } from '../../process/index.ts';
import type { CommandEnd } from './end-command.ts';

/** A command that `compose run` made a container for. */
export interface StartedRun {
  /** The engine's program: `docker`. */
  readonly program: string;
  readonly composeProject: string;
  readonly marker: string;
}

/** The label that such a container carries. */
export function runLabel(marker: string): string {
  return `org.switchyard.command=${marker}`;
}

/** Seconds that the command gets to end by itself after SIGTERM. */
const graceTime = '5';

/** Ends a command that has a container of its own, and removes that container. */
export async function endRun({ program, marker }: StartedRun): Promise<CommandEnd> {
  const ask = (...args: string[]) => runProgram({ file: program, args, timeout: 20_000 });
  const filter = `label=${runLabel(marker)}`;
  const listed = await ask('ps', '--all', '--quiet', '--filter', filter);
  if (listed.kind !== 'exited' || listed.code !== 0) return 'unreachable';
  const ids = listed.stdout.split('\n').filter(Boolean);
  if (ids.length === 0) return 'ended';
  await ask('stop', '--time', graceTime, ...ids);
  // Compose may remove it at the same time.
  await ask('rm', '--force', ...ids);
  const left = await ask('ps', '--all', '--quiet', '--filter', filter);
  return left.kind === 'exited' && left.code === 0 && left.stdout === '' ? 'ended' : 'unreachable';
}
