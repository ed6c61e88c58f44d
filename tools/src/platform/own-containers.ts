import { lstat, readFile, realpath } from 'node:fs/promises';
import { dirname, isAbsolute, join, relative, resolve } from 'node:path';
import { listContainers, type Engine, type EngineContainer } from '../compose/index.ts';
import type { NamedEnvironment } from '../compose/index.ts';
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

/** Whether the labels say that a container was made in the folder of the environment, or from one of its files. */
async function isMadeFrom(
  { workingFolder, configFiles }: EngineContainer,
  environment: NamedEnvironment,
): Promise<boolean> {
  const files = await Promise.all(environment.files.map(realPath));
  for (const file of configFiles) {
    // Compose v1 writes them down as they were given, relative to where it ran: the folder is to decide then.
    if (isAbsolute(file) && files.includes(await realPath(file))) return true;
  }
  if (workingFolder === '') return false;
  const root = await realPath(environment.folder);
  const folder = await realPath(workingFolder);
  const way = relative(root, folder);
  if (way.startsWith('..') || isAbsolute(way)) return false;
  return !(await hasCheckoutBetween(root, folder));
}

/** Whether another checkout begins on the way down from a folder: a worktree kept inside its own repository. */
async function hasCheckoutBetween(root: string, folder: string): Promise<boolean> {
  for (let place = folder; place !== root && place.startsWith(root); place = dirname(place)) {
    const git = join(place, '.git');
    const status = await lstat(git).catch(() => undefined);
    if (status === undefined) continue;
    // A submodule is a part of the checkout around it.
    const isSubmodule = status.isFile() && (await readFile(git, 'utf8')).includes('/modules/');
    if (!isSubmodule) return true;
  }
  return false;
}

async function realPath(path: string): Promise<string> {
  return realpath(path).catch(() => resolve(path));
}

async function firstMatching<Item>(
  items: readonly Item[],
  matches: (item: Item) => Promise<boolean>,
): Promise<Item | undefined> {
  for (const item of items) if (await matches(item)) return item;
  return undefined;
}
