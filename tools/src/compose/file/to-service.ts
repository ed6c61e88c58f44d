import { resolve } from 'node:path';
import type { ComposeService } from '../environment.ts';
import {
  entriesOf,
  isNull,
  itemsOf,
  textOf,
  valueOf,
  type ComposeNode,
  type MappingNode,
} from './compose-node.ts';
import type { Lookup } from './interpolate.ts';
import { asBuild, asMapping, namesOf } from './merge-nodes.ts';
import type { ProblemList } from './problem-list.ts';
import type { ReadingLimits } from './reading-limits.ts';
import { publishedPorts } from './service-ports.ts';
import { isHostPath, splitVolume } from './volume-text.ts';

/** What a service is read with. */
export interface ServiceContext {
  readonly model: MappingNode;
  readonly lookup: Lookup;
  readonly problems: ProblemList;
  readonly limits: ReadingLimits;
  /** Services that another one waits for until they have completed. */
  readonly completed: ReadonlySet<string>;
}

/** A service of a loaded model in Switchyard's words. */
export function toService(name: string, node: ComposeNode, context: ServiceContext): ComposeService {
  const image = textOf(valueOf(node, 'image'));
  const build = buildOf(node);
  const containerName = textOf(valueOf(node, 'container_name'));
  return {
    name,
    ...(image === undefined || image === '' ? {} : { image }),
    ...(build === undefined ? {} : { build }),
    ...(containerName === undefined || containerName === '' ? {} : { containerName }),
    ports: publishedPorts(valueOf(node, 'ports'), context),
    dependsOn: dependenciesOf(node),
    oneShot: context.completed.has(name),
    hasHealthcheck: hasHealthcheck(valueOf(node, 'healthcheck')),
    envFiles: itemsOf(valueOf(node, 'env_file')).flatMap(toEnvFile),
    mounts: [...new Set([...volumeMounts(node, context.lookup), ...fileMounts(node, context.model)])],
    profiles: itemsOf(valueOf(node, 'profiles')).flatMap((item) => textOf(item) ?? []),
    environment: environmentOf(node, context.lookup),
  };
}

/** A context that Compose fetches from elsewhere (`https://...`, `git@...`) is none of ours. */
function buildOf(node: ComposeNode): ComposeService['build'] {
  const written = valueOf(node, 'build');
  if (written === undefined) return undefined;
  const build = asBuild(written);
  const context = valueOf(build, 'context');
  const folder = textOf(context) ?? '.';
  if (/^([a-z][a-z0-9+.-]*:\/\/|git@|github\.com\/)/.test(folder)) return undefined;
  const absolute = resolve((context ?? node).place.base, folder);
  return {
    context: absolute,
    dockerfile: resolve(absolute, textOf(valueOf(build, 'dockerfile')) ?? 'Dockerfile'),
  };
}

/** What a service waits for, also through `links`, `volumes_from` and `network_mode: service:x`, as Compose has it. */
export function dependenciesOf(node: ComposeNode): readonly string[] {
  const names = new Set(namesOf(valueOf(node, 'depends_on')));
  for (const link of itemsOf(valueOf(node, 'links'))) names.add((textOf(link) ?? '').split(':')[0] ?? '');
  for (const from of itemsOf(valueOf(node, 'volumes_from'))) {
    const text = textOf(from) ?? '';
    if (!text.startsWith('container:')) names.add(text.split(':')[0] ?? '');
  }
  for (const key of ['network_mode', 'ipc', 'pid', 'uts', 'cgroup']) {
    const shared = /^service:(.+)$/.exec(textOf(valueOf(node, key)) ?? '')?.[1];
    if (shared !== undefined) names.add(shared);
  }
  names.delete('');
  return [...names];
}

/** Services that this one waits for until they have completed. */
export function completedBefore(node: ComposeNode): readonly string[] {
  return entriesOf(valueOf(node, 'depends_on')).flatMap(([name, value]) =>
    textOf(valueOf(value, 'condition')) === 'service_completed_successfully' ? [name] : [],
  );
}

function hasHealthcheck(node: ComposeNode | undefined): boolean {
  if (node === undefined || textOf(valueOf(node, 'disable')) === 'true') return false;
  const test = itemsOf(valueOf(node, 'test'));
  return test.length > 0 && textOf(test[0]) !== 'NONE';
}

function toEnvFile(item: ComposeNode): ComposeService['envFiles'] {
  const path = item.kind === 'scalar' ? item : valueOf(item, 'path');
  const text = textOf(path);
  if (path === undefined || text === undefined || text === '') return [];
  return [{ path: resolve(path.place.base, text), required: textOf(valueOf(item, 'required')) !== 'false' }];
}

function environmentOf(node: ComposeNode, lookup: Lookup): ComposeService['environment'] {
  const written = valueOf(node, 'environment');
  if (written === undefined) return {};
  return Object.fromEntries(
    entriesOf(asMapping(written)).map(([name, value]) => [
      name,
      isNull(value) ? (lookup(name) ?? null) : (textOf(value) ?? ''),
    ]),
  );
}

function volumeMounts(node: ComposeNode, lookup: Lookup): readonly string[] {
  return itemsOf(valueOf(node, 'volumes')).flatMap((item) => {
    if (item.kind !== 'scalar') {
      const source = valueOf(item, 'source');
      const text = textOf(source);
      return textOf(valueOf(item, 'type')) === 'bind' && source !== undefined && text !== undefined
        ? [hostPath(text, source, lookup)]
        : [];
    }
    const { source } = splitVolume(item.text);
    return source !== undefined && isHostPath(source) ? [hostPath(source, item, lookup)] : [];
  });
}

function hostPath(text: string, node: ComposeNode, lookup: Lookup): string {
  const home = /^~(\/|$)/.test(text) ? lookup('HOME') : undefined;
  return resolve(node.place.base, home === undefined ? text : home + text.slice(1));
}

/** Configs and secrets of a service that are files of the host. */
function fileMounts(node: ComposeNode, model: MappingNode): readonly string[] {
  return (['configs', 'secrets'] as const).flatMap((section) =>
    itemsOf(valueOf(node, section)).flatMap((item) => {
      const name = textOf(item) ?? textOf(valueOf(item, 'source')) ?? '';
      const file = valueOf(valueOf(valueOf(model, section), name), 'file');
      const text = textOf(file);
      return file === undefined || text === undefined ? [] : [resolve(file.place.base, text)];
    }),
  );
}
