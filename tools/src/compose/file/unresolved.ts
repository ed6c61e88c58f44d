import {
  entriesOf,
  itemsOf,
  sizeOf,
  textOf,
  valueOf,
  type ComposeNode,
  type MappingNode,
} from './compose-node.ts';
import { namesOf } from './merge-nodes.ts';
import type { ReadingLimits } from './reading-limits.ts';
import { dependenciesOf } from './to-service.ts';
import { isHostPath, splitVolume } from './volume-text.ts';

/** Something that a model names and does not have. */
export interface Unresolved {
  readonly section: 'services' | 'networks' | 'volumes' | 'configs' | 'secrets';
  readonly name: string;
  readonly node: ComposeNode;
  /** One sentence for a person. */
  readonly sentence: string;
}

/** What a model lacks to stand by itself: services with neither image nor build, and names of what it does not define. */
export function findUnresolved(model: MappingNode, limits: ReadingLimits): readonly Unresolved[] {
  return entriesOf(valueOf(model, 'services')).flatMap(([name, service]) => {
    // Aliases may give a thousand services the same long lists.
    for (const [, value] of entriesOf(service)) limits.spendNodes(sizeOf(value));
    return [...lacksImage(name, service), ...undefinedNames(model, name, service)];
  });
}

function lacksImage(name: string, service: ComposeNode): readonly Unresolved[] {
  const isThere = ['build', 'extends', 'provider'].some((key) => valueOf(service, key) !== undefined);
  if (isThere || (textOf(valueOf(service, 'image')) ?? '') !== '') return [];
  const sentence = `service ${name} has neither an image nor a build`;
  return [{ section: 'services', name, node: service, sentence }];
}

function undefinedNames(model: MappingNode, name: string, service: ComposeNode): readonly Unresolved[] {
  const used = {
    services: dependenciesOf(service),
    networks: namesOf(valueOf(service, 'networks')).filter((network) => network !== 'default'),
    volumes: itemsOf(valueOf(service, 'volumes')).flatMap(namedVolume),
    configs: itemsOf(valueOf(service, 'configs')).flatMap(sourceOf),
    secrets: itemsOf(valueOf(service, 'secrets')).flatMap(sourceOf),
  };
  return (['services', 'networks', 'volumes', 'configs', 'secrets'] as const).flatMap((section) => {
    const defined = valueOf(model, section);
    return used[section]
      .filter((one) => defined?.kind !== 'mapping' || !defined.entries.has(one))
      .map((one) => ({
        section,
        name: one,
        node: service,
        sentence: `service ${name} names the ${section.slice(0, -1)} ${one}, which is not defined`,
      }));
  });
}

function namedVolume(item: ComposeNode): readonly string[] {
  const { source } =
    item.kind === 'scalar' ? splitVolume(item.text) : { source: textOf(valueOf(item, 'source')) };
  const type = textOf(valueOf(item, 'type')) ?? 'volume';
  return source === undefined ||
    source === '' ||
    type !== 'volume' ||
    (item.kind === 'scalar' && isHostPath(source))
    ? []
    : [source];
}

function sourceOf(item: ComposeNode): readonly string[] {
  return [textOf(item) ?? textOf(valueOf(item, 'source')) ?? ''].filter(Boolean);
}
