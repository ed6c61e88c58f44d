import type { NamedEnvironment } from '../environment.ts';
import { readRecord } from './environment-record.ts';

type Compared = Pick<NamedEnvironment, 'composeProject' | 'files'>;

/** What this process had compose compare; environments that are not ours are in no record. */
const compared = new Map<string, number>();

/**
 * Up to which date of its files, in milliseconds since the epoch, compose has compared an environment with its containers
 * for us: what it left alone then is not changed by the date alone. 0 when that is not known.
 */
export function comparedAt(environment: Compared): number {
  const record = readRecord(environment.composeProject);
  return Math.max(record?.state === 'up' ? record.startedAt : 0, compared.get(keyOf(environment)) ?? 0);
}

/** Notes that compose compared the files, the newest of which was of that date. */
export function noteComparison(environment: Compared, date: number): void {
  compared.set(keyOf(environment), date);
}

function keyOf({ composeProject, files }: Compared): string {
  return JSON.stringify([composeProject, files]);
}
