import { stripVTControlCharacters } from 'node:util';
import type { Engine } from '../compose/index.ts';
import { askEngine } from '../platform/index.ts';
import { parseBytes } from '../table/index.ts';
import type { ContainerUse } from './status-report.ts';

/** The first arguments of `docker stats` that print what `parseUse` reads; podman knows the same names. */
export const statsArguments = [
  'stats',
  '--no-trunc',
  '--format',
  '{{.ID}}\t{{.CPUPerc}}\t{{.MemUsage}}',
] as const;

/** One line of `docker stats`: the container's id and what it uses; undefined for lines that say nothing yet. */
export function parseUse(line: string): [id: string, use: ContainerUse] | undefined {
  const [id = '', cpu = '', memory = ''] = stripVTControlCharacters(line).trim().split('\t');
  const [used, limit] = memory.split(' / ').map(parseBytes);
  const percent = Number.parseFloat(cpu);
  if (!/^[0-9a-f]{12,64}$/.test(id) || Number.isNaN(percent) || used === undefined) return undefined;
  return [id, { cpu: percent, memory: used, memoryLimit: limit ?? 0 }];
}

/** What containers use, measured by the engine over one or two seconds; without those that ended meanwhile. */
export async function measureUse(
  engine: Engine,
  ids: readonly string[],
  signal?: AbortSignal,
): Promise<ReadonlyMap<string, ContainerUse>> {
  if (ids.length === 0) return new Map();
  const answer = await askEngine(engine, [...statsArguments, '--no-stream', ...ids], { signal });
  return readUse(answer.text.split('\n'));
}

function readUse(lines: readonly string[]): ReadonlyMap<string, ContainerUse> {
  const uses = new Map<string, ContainerUse>();
  for (const line of lines) {
    const found = parseUse(line);
    if (found !== undefined) uses.set(...found);
  }
  return uses;
}
