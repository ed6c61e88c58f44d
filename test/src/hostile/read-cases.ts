import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

/** What reading one case came to; `stuck`: it was ended from outside. */
export interface CaseReading {
  readonly name: string;
  readonly milliseconds: number;
  readonly stuck: boolean;
  /** The nodes that the plugin gave, as JSON. */
  readonly nodes: string;
  readonly errors: string;
}

const program = join(import.meta.dirname, 'read-in-child.ts');

/**
 * Reads cases with the plugin in a process that may read and nothing else. One that takes longer than `patience`
 * milliseconds is ended, and the next ones are read in another process.
 */
export async function readCases(
  workspace: string,
  names: readonly string[],
  patience: number,
): Promise<readonly CaseReading[]> {
  const readings: CaseReading[] = [];
  while (readings.length < names.length) {
    const before = readings.length;
    readings.push(...(await readSome(workspace, names.slice(before), patience)));
    if (readings.length === before) throw new Error('The reader ended before it had read anything.');
  }
  return readings;
}

async function readSome(
  workspace: string,
  names: readonly string[],
  patience: number,
): Promise<readonly CaseReading[]> {
  const list = join(workspace, '..', 'list.json');
  writeFileSync(list, JSON.stringify(names.map((name) => [workspace, `cases/${name}/Makefile`])));
  const child = spawn(process.execPath, ['--permission', '--allow-fs-read=*', program, list], {
    stdio: ['pipe', 'pipe', 'pipe'],
    env: { PATH: process.env['PATH'], HOME: join(workspace, '..') },
  });
  const readings: CaseReading[] = [];
  let errors = '';
  child.stderr.on('data', (chunk: Buffer) => {
    errors += chunk.toString();
  });
  let started = performance.now();
  const end = (): void => {
    child.kill('SIGKILL');
  };
  let timer = setTimeout(end, patience + 5000);
  const closed = once(child, 'close');
  for await (const line of createInterface({ input: child.stdout })) {
    clearTimeout(timer);
    timer = setTimeout(end, patience);
    if (line.startsWith('{"reading"')) {
      started = performance.now();
      continue;
    }
    if (!line.endsWith('}')) continue;
    const milliseconds = Math.round(performance.now() - started);
    readings.push({ name: names[readings.length] ?? '', milliseconds, stuck: false, nodes: line, errors });
    errors = '';
  }
  clearTimeout(timer);
  await closed;
  const next = names[readings.length];
  if (next !== undefined) {
    const milliseconds = Math.round(performance.now() - started);
    readings.push({ name: next, milliseconds, stuck: true, nodes: '', errors });
  }
  return readings;
}
