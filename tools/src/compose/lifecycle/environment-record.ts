import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { privateFolder } from '../../private-folder/index.ts';
import { isAlive } from '../../process/index.ts';

const schema = z.object({
  composeProject: z.string(),
  folder: z.string(),
  files: z.array(z.string()),
  variables: z.record(z.string(), z.string()),
  /** The process that wrote it. */
  pid: z.number(),
  /** `coming-up` and `going-down`: somebody holds its lock and is at it, or died over it. */
  state: z.enum(['coming-up', 'up', 'going-down']),
  /** The nx run that it was brought up for; begins with the id of a process. */
  run: z.string(),
  /** What brought it up, as a person would name it: `api:test`. */
  by: z.string(),
  /** It is to be taken down when the run ends. */
  down: z.boolean(),
  /** The containers it was made of when it was up: others were not brought up by us. */
  containers: z.array(z.string()),
  startedAt: z.number(),
});

/** What Switchyard brought up for a task, or is just bringing up or taking down: so that it can be cleaned up. */
export type EnvironmentRecord = z.infer<typeof schema>;

/** The one folder where all processes of this user keep their records. */
export function recordFolder(): string {
  return privateFolder('environments', { shared: true }).folder;
}

/** All records; broken ones and drafts of processes that died are removed. */
export function readRecords(folder = recordFolder()): readonly EnvironmentRecord[] {
  return readdirSync(folder).flatMap((name) => {
    const draft = /\.json\.(\d+)$/.exec(name)?.[1];
    if (draft === undefined) return readRecordFile(join(folder, name)) ?? [];
    if (!isAlive(Number(draft))) rmSync(join(folder, name), { force: true });
    return [];
  });
}

/** The record of one compose project. */
export function readRecord(composeProject: string, folder = recordFolder()): EnvironmentRecord | undefined {
  return readRecordFile(fileOf(composeProject, folder));
}

/** Writes a record, in place of the one that there is. Whoever does it holds the lock of the compose project. */
export function writeRecord(record: EnvironmentRecord, folder = recordFolder()): void {
  const file = fileOf(record.composeProject, folder);
  const draft = `${file}.${process.pid}`;
  // The variables of an environment may hold a password.
  writeFileSync(draft, JSON.stringify(record), { mode: 0o600 });
  renameSync(draft, file);
}

/** Removes a record, if there is one. */
export function removeRecord(composeProject: string, folder = recordFolder()): void {
  rmSync(fileOf(composeProject, folder), { force: true });
}

/** Names of compose projects may differ in nothing but what a file system takes for the same. */
function fileOf(composeProject: string, folder: string): string {
  return join(folder, `${createHash('sha256').update(composeProject).digest('hex').slice(0, 16)}.json`);
}

function readRecordFile(file: string): EnvironmentRecord | undefined {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch {
    // Removed meanwhile, or never there.
    return undefined;
  }
  const record = schema.safeParse(parse(text));
  if (record.success) return record.data;
  // Of an older or newer version: nobody can do anything with it.
  rmSync(file, { force: true });
  return undefined;
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
