import { existsSync } from 'node:fs';
import { join, dirname } from 'node:path';
import { isMadeElsewhere, listContainers, type Engine, type EngineContainer } from '../engine/index.ts';
import type { NamedEnvironment } from '../environment.ts';
import type { ComposeFailure, ComposeInvocation } from './lifecycle.ts';

/** An environment as far as its containers are told from those of others: its name in the engine, and where it is written down. */
export type EnvironmentPlace = Pick<NamedEnvironment, 'composeProject' | 'folder' | 'files'> & {
  readonly name?: string;
  readonly project?: string;
};

/** The containers that carry the name of an environment in the engine. */
export interface EnvironmentContainers {
  /** Stopped ones and those of `compose run` too. */
  readonly own: readonly EngineContainer[];
  /** Made by another checkout, which has the name by chance: never to be touched. */
  readonly foreign: readonly EngineContainer[];
}

/** Asks the engine for the containers of an environment. Throws when the engine fails. */
export async function environmentContainers(
  engine: Engine,
  environment: EnvironmentPlace,
): Promise<EnvironmentContainers> {
  const all = await listContainers(engine, [`com.docker.compose.project=${environment.composeProject}`]);
  const elsewhere = await Promise.all(all.map((container) => isMadeElsewhere(container, environment)));
  return {
    own: all.filter((_container, index) => elsewhere[index] !== true),
    foreign: all.filter((_container, index) => elsewhere[index] === true),
  };
}

/** Why nothing is done with an environment whose name another checkout uses; undefined when none does. */
export function refuseForeign(
  environment: EnvironmentPlace,
  { foreign }: EnvironmentContainers,
  { engine, invocation }: { readonly engine: Engine; readonly invocation: ComposeInvocation },
): ComposeFailure | undefined {
  const [first] = foreign;
  if (first === undefined) return undefined;
  const { composeProject, files, folder } = environment;
  const place = first.workingFolder === '' ? (first.configFiles[0] ?? '') : first.workingFolder;
  const names = foreign.map(({ name }) => name).join(', ');
  const byHand = `\`${engine.compose.command.join(' ')} -p ${composeProject} down\``;
  const known = environment.project !== undefined && environment.name !== undefined;
  const there = known ? `\`nx compose:down ${environment.project} -c ${environment.name}\`` : byHand;
  const stop = existsSync(place)
    ? `Take it down there with ${there}`
    : `That folder is not on this machine (any more): take it down with ${byHand}`;
  const dotEnv = join(dirname(files[0] ?? join(folder, 'compose.yaml')), '.env');
  return {
    kind: 'failed',
    reason: 'name-taken',
    code: 1,
    inTheWay: composeProject,
    message:
      `${invocation.name}: ${composeProject} is up from another checkout, ${place} (${foreign.length === 1 ? 'container' : 'containers'} ${names}), so it is left alone.\n` +
      `${stop}, or give this checkout a name of its own: COMPOSE_PROJECT_NAME in ${dotEnv}, or \`name:\` in ${files.at(-1) ?? folder}. A git worktree has one by itself.`,
  };
}
