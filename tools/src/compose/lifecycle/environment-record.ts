import { createHash } from 'node:crypto';
import { readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { readRegularFile } from '../../file/index.ts';
import { privateFolder } from '../../private-folder/index.ts';
import { isAlive } from '../../process/index.ts';

/** What Switchyard brought up for a task, or is just bringing up or taking down: so that it can be cleaned up. */
export interface EnvironmentRecord {
  readonly composeProject: string;
  readonly folder: string;
  readonly files: readonly string[];
  readonly variables: Readonly<Record<string, string>>;
  /** The process that wrote it. */
  readonly pid: number;
  /** `coming-up` and `going-down`: somebody holds its lock and is at it, or died over it. */
  readonly state: 'coming-up' | 'up' | 'going-down';
  /** The nx run that it was brought up for; begins with the id of a process. */
  readonly run: string;
  /** What brought it up, as a person would name it: `api:test`. */
  readonly by: string;
  /** It is to be taken down when the run ends. */
  readonly down: boolean;
  /** The containers it was made of when it was up: others were not brought up by us. */
  readonly containers: readonly string[];
  readonly startedAt: number;
}

/** A record could not be written, most likely because the disk is full. */
export class RecordFailure extends Error {
  override readonly name = 'RecordFailure';
}

/** The one folder where all processes of this user keep their records. */
export function recordFolder(): string {
  return privateFolder('environments', { shared: true }).folder;
}

/** All records; broken ones and drafts of processes that died are removed, those of another version are left to it. */
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

/** Writes a record, in place of the one that there is. Whoever does it holds the lock of the compose project. Throws a RecordFailure. */
export function writeRecord(record: EnvironmentRecord, folder = recordFolder()): void {
  const file = fileOf(record.composeProject, folder);
  const draft = `${file}.${process.pid}`;
  // The variables of an environment may hold a password.
  try {
    writeFileSync(draft, JSON.stringify(record), { mode: 0o600 });
    renameSync(draft, file);
  } catch (error) {
    rmSync(draft, { force: true });
    const why = error instanceof Error ? error.message : String(error);
    throw new RecordFailure(
      `what is done with ${record.composeProject} could not be noted in ${folder}: ${why}.\nMake room there: without the note nobody could clean up after a command that is killed.`,
      { cause: error },
    );
  }
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
  const text = readRegularFile(file);
  // Removed meanwhile, or never there.
  if (text === undefined) return undefined;
  const record = parse(text);
  if (isRecord(record)) return record;
  // Records are put there whole: nobody can do anything with one that is damaged.
  if (record === undefined) rmSync(file, { force: true });
  return undefined;
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** By hand: every command looks at the records first, and a library for this takes longer to load than the looking. */
function isRecord(value: unknown): value is EnvironmentRecord {
  if (typeof value !== 'object' || value === null) return false;
  const fields = new Map<string, unknown>(Object.entries(value));
  const isText = (field: unknown): field is string => typeof field === 'string';
  const areTexts = (field: unknown): boolean => Array.isArray(field) && field.every(isText);
  const variables = fields.get('variables');
  const state = fields.get('state');
  return (
    ['composeProject', 'folder', 'run', 'by'].every((name) => isText(fields.get(name))) &&
    ['pid', 'startedAt'].every((name) => typeof fields.get(name) === 'number') &&
    ['files', 'containers'].every((name) => areTexts(fields.get(name))) &&
    typeof variables === 'object' &&
    variables !== null &&
    Object.values(variables).every(isText) &&
    (state === 'coming-up' || state === 'up' || state === 'going-down') &&
    typeof fields.get('down') === 'boolean'
  );
}
