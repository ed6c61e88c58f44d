import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { privateFolder } from '../../private-folder/index.ts';
import { endCommand, type CommandEnd, type StartedCommand } from './end-command.ts';
import { endRun, type StartedRun } from './end-run.ts';

const note = z.object({
  program: z.string(),
  marker: z.string(),
  pid: z.number(),
  /** Where the command runs: in a container that is there for other things too, */
  container: z.string().optional(),
  /** or in one that `compose run` made for it in this compose project. */
  composeProject: z.string().optional(),
  user: z.string().optional(),
  terminal: z.boolean().optional(),
});
type Note = z.infer<typeof note>;

/** Where commands are noted while they run; the same for all processes of this user. */
function notesFolder(): string {
  return privateFolder('commands', { shared: true }).folder;
}

/** Writes down that a command runs, so that the next one can end it when this process is killed. */
export function noteCommand(started: StartedCommand | StartedRun): { readonly remove: () => void } {
  const file = join(notesFolder(), `${started.marker}.json`);
  const content: Note = { ...started, pid: process.pid };
  writeFileSync(file, JSON.stringify(content), { mode: 0o600 });
  return {
    remove: () => {
      rmSync(file, { force: true });
    },
  };
}

/** Where to look for commands whose starter was killed. */
export interface AbandonedPlaces {
  readonly containers: readonly string[];
  readonly composeProject: string;
}

/** Ends the commands whose starter was killed. Returns how many there were. Costs next to nothing when there are none. */
export async function endAbandonedCommands({ containers, composeProject }: AbandonedPlaces): Promise<number> {
  const folder = notesFolder();
  const abandoned = readdirSync(folder)
    .filter((name) => name.endsWith('.json'))
    .flatMap((name) => readNote(join(folder, name)))
    .filter(({ pid }) => !isAlive(pid))
    .filter((found) =>
      found.container === undefined
        ? found.composeProject === composeProject
        : containers.includes(found.container),
    );
  await Promise.all(
    abandoned.map(async (found) => {
      if ((await end(found)) === 'ended') rmSync(join(folder, `${found.marker}.json`), { force: true });
    }),
  );
  return abandoned.length;
}

function end({ program, marker, container, composeProject, user, terminal }: Note): Promise<CommandEnd> {
  if (container === undefined) return endRun({ program, marker, composeProject: composeProject ?? '' });
  return endCommand({
    program,
    marker,
    container,
    ...(user === undefined ? {} : { user }),
    ...(terminal === undefined ? {} : { terminal }),
  });
}

function readNote(file: string): Note[] {
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
