import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { privateFolder } from '../../private-folder/index.ts';
import { endCommand, type StartedCommand } from './end-command.ts';

const note = z.object({
  program: z.string(),
  container: z.string(),
  user: z.string().optional(),
  marker: z.string(),
  pid: z.number(),
});

/** Where commands are noted while they run; the same for all processes of this user. */
function notesFolder(): string {
  return privateFolder('commands', { shared: true }).folder;
}

/** Writes down that a command runs, so that the next one can end it when this process is killed. */
export function noteCommand(started: StartedCommand): { readonly remove: () => void } {
  const file = join(notesFolder(), `${started.marker}.json`);
  writeFileSync(file, JSON.stringify({ ...started, pid: process.pid }), { mode: 0o600 });
  return {
    remove: () => {
      rmSync(file, { force: true });
    },
  };
}

/** Ends the commands whose starter was killed: all of those in `containers`. Returns how many there were. */
export async function endAbandonedCommands(containers: readonly string[]): Promise<number> {
  const folder = notesFolder();
  const abandoned = readdirSync(folder)
    .filter((name) => name.endsWith('.json'))
    .flatMap((name) => readNote(join(folder, name)))
    .filter(({ container, pid }) => containers.includes(container) && !isAlive(pid));
  await Promise.all(
    abandoned.map(async ({ program, container, user, marker }) => {
      const who = user === undefined ? {} : { user };
      await endCommand({ program, container, marker, ...who });
      rmSync(join(folder, `${marker}.json`), { force: true });
    }),
  );
  return abandoned.length;
}

function readNote(file: string): z.infer<typeof note>[] {
  try {
    return [note.parse(JSON.parse(readFileSync(file, 'utf8')))];
  } catch {
    // Removed meanwhile, or half written by one that was killed: then its command was not started yet.
    return [];
  }
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}
