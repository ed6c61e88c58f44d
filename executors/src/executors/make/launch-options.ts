import { join } from 'node:path';
import { parseDuration, readOverrides } from '@switchyard/tools/make/run';
import { z } from 'zod';
import { exactValue } from './exact-value.ts';
import { notDuration, readLocks, unusable, type Launch } from './launch.ts';
import { makeOptions } from './options.ts';

/** Where a task of Nx stands. */
export interface LaunchPlace {
  readonly workspace: string;
  /** Relative to the workspace. */
  readonly projectRoot: string;
  /** The id of the task, for messages: `api:test`. */
  readonly name: string;
}

/** Arguments that Nx adds to the options by itself. */
const fromNx = new Set(['__unparsed__', '__overrides_unparsed__', '_']);

/** Reads the options of the executor. `raw` are the arguments of the nx process, where they are known. */
export function readLaunchOptions(options: unknown, place: LaunchPlace, raw: readonly string[]): Launch {
  const parsed = makeOptions.safeParse(options);
  if (!parsed.success) return unusable(`${place.name}: ${z.prettifyError(parsed.error)}`);
  const {
    target,
    makefile,
    folder,
    upToDate,
    preparations,
    environments,
    locks: lockNames,
    variables,
    timeout: time,
    dryRun,
    ...others
  } = parsed.data;
  const forwarded = Object.entries(others).filter(
    ([name]) => name !== 'verbose' && name !== 'down' && !fromNx.has(name),
  );
  const exact = Object.fromEntries(forwarded.map(([name, value]) => [name, exactValue(name, value, raw)]));
  const overrides = readOverrides(place.name, exact, Object.keys(makeOptions.shape));
  if (overrides.kind === 'unknown-option') return unusable(overrides.message);
  const timeout = time === undefined ? undefined : parseDuration(String(time));
  if (time !== undefined && timeout === undefined) return notDuration(place.name, time);
  const locks = readLocks(place.name, lockNames);
  if ('kind' in locks) return locks;
  const own = Object.fromEntries(
    Object.entries(variables).map(([name, value]) => [name, String(value)] as const),
  );
  return {
    kind: 'task',
    task: {
      folder: join(place.workspace, folder ?? place.projectRoot),
      target,
      ...(makefile === undefined ? {} : { makefile }),
      ...(timeout === undefined ? {} : { timeout }),
      upToDate,
      preparations,
      ...(locks.length === 0 ? {} : { locks }),
      variables: { ...own, ...overrides.variables },
      dryRun: dryRun || (process.env['SWITCHYARD_DRY_RUN'] ?? '') !== '',
    },
    environments,
  };
}
