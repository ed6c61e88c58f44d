import { availableParallelism } from 'node:os';

/** What a batch has to know of how nx was called. */
export interface BatchSettings {
  /** How many tasks run at the same time. */
  readonly width: number;
  /** Whether the first failure ends the run. */
  readonly bail: boolean;
}

/**
 * A batch gets neither `--parallel` nor `--nx-bail` from Nx: read from the arguments of the nx process (`raw`), then
 * `NX_PARALLEL` and `NX_BAIL`, then nx.json, as Nx does it itself.
 */
export function batchSettings(
  raw: readonly string[],
  environment: Readonly<Record<string, string | undefined>>,
  configured?: number | string,
): BatchSettings {
  const bail = optionOf(raw, 'nx-bail', 'nxBail');
  return {
    width: width(
      optionOf(raw, 'parallel'),
      optionOf(raw, 'max-parallel', 'maxParallel'),
      environment,
      configured,
    ),
    bail: bail === undefined ? environment['NX_BAIL'] === 'true' : bail !== 'false',
  };
}

function width(
  parallel: string | undefined,
  limit: string | undefined,
  environment: Readonly<Record<string, string | undefined>>,
  configured: number | string | undefined,
): number {
  if (parallel === 'false') return 1;
  const fallback = [limit, environment['NX_PARALLEL'], configured, 3];
  const candidates = parallel === undefined || parallel === 'true' || parallel === '' ? fallback : [parallel];
  return count(candidates.find((candidate) => candidate !== undefined && candidate !== '') ?? 3);
}

function count(value: number | string): number {
  const number = Number.parseInt(String(value));
  if (Number.isNaN(number)) return 3;
  const tasks = String(value).endsWith('%') ? (availableParallelism() * number) / 100 : number;
  return Math.max(1, Math.floor(tasks));
}

function optionOf(raw: readonly string[], ...names: readonly string[]): string | undefined {
  const end = raw.indexOf('--');
  const own = end < 0 ? raw : raw.slice(0, end);
  for (const [index, argument] of own.entries()) {
    for (const name of names) {
      if (argument === `--no-${name}`) return 'false';
      if (argument.startsWith(`--${name}=`)) return argument.slice(name.length + 3);
      // A flag without a value is followed by anything: only numbers and truth values are meant for it.
      if (argument === `--${name}`) return /^(?:\d+%?|true|false)$/.exec(own[index + 1] ?? '')?.[0] ?? 'true';
    }
  }
  return undefined;
}
