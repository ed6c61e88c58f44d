import {
  isMadeFrom,
  listContainers,
  type Engine,
  type EngineContainer,
  type NamedEnvironment,
} from '../compose/index.ts';
import type { Platform } from './platform.ts';

/** A container and the environment that it belongs to. */
export interface OwnContainer extends EngineContainer {
  readonly environment: NamedEnvironment;
}

/** The containers of a platform, and those that have the compose project name of one of its environments by chance. */
export interface PlatformContainers {
  readonly own: readonly OwnContainer[];
  /** Of another checkout or another platform: never to be touched. */
  readonly foreign: readonly EngineContainer[];
}

/**
 * The containers of a platform: those whose compose project is that of an environment, made from files in its folder.
 * Throws when the engine fails.
 */
export async function listPlatformContainers(
  engine: Engine,
  { environments }: Pick<Platform, 'environments'>,
): Promise<PlatformContainers> {
  const all = await listContainers(engine, ['com.docker.compose.project']);
  const own: OwnContainer[] = [];
  const foreign: EngineContainer[] = [];
  for (const container of all) {
    const named = environments.filter(({ composeProject }) => composeProject === container.composeProject);
    const environment = await firstMatching(named, (candidate) => isMadeFrom(container, candidate));
    if (environment !== undefined) own.push({ ...container, environment });
    else if (named.length > 0) foreign.push(container);
  }
  return { own, foreign };
}

async function firstMatching<Item>(
  items: readonly Item[],
  matches: (item: Item) => Promise<boolean>,
): Promise<Item | undefined> {
  for (const item of items) if (await matches(item)) return item;
  return undefined;
}
