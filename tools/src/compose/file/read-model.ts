import type { ComposeService } from '../environment.ts';
import { checkServices } from './check-shape.ts';
import { entriesOf, mappingAt, textOf, valueOf, type ComposeNode, type MappingNode } from './compose-node.ts';
import type { Lookup } from './interpolate.ts';
import { loadModel, type ModelContext } from './load-model.ts';
import { LimitReached, mostServices } from './reading-limits.ts';
import { completedBefore, toService } from './to-service.ts';
import { findUnresolved } from './unresolved.ts';

/** What files, taken together, say. */
export interface ComposeModel {
  /** Top-level `name:`, and the file that has it. */
  readonly name?: { readonly text: string; readonly file: string; readonly line: number };
  readonly services: readonly ComposeService[];
  readonly externalNetworks: readonly string[];
  readonly volumes: readonly string[];
}

/** Reads files as `docker compose -f A -f B config` would; what is wrong goes to the problems of the context. */
export function readModel(files: readonly string[], context: ModelContext): ComposeModel {
  try {
    const { model, lookup } = loadModel(files, context);
    return toModel(withinLimits(model, context), lookup, context);
  } catch (error) {
    if (!(error instanceof LimitReached)) throw error;
    context.problems.add({ file: files[0] ?? '', line: 0 }, error.message);
    return { services: [], externalNetworks: [], volumes: [] };
  }
}

/** Compose takes a `-` at the beginning, too: but then every program takes the name for an option. */
const usableName = /^[A-Za-z0-9._][A-Za-z0-9._-]*$/;
const allowed = 'it has letters, digits, `.`, `_` and `-`, and does not begin with `-`';

function withinLimits(model: MappingNode, context: ModelContext): MappingNode {
  const written = entriesOf(valueOf(model, 'services'));
  if (written.length <= mostServices) return model;
  context.problems.add(model.place, `it has ${written.length} services: only ${mostServices} are read`);
  const services = mappingAt(model.place, written.slice(0, mostServices));
  return mappingAt(model.place, [...model.entries, ['services', services]]);
}

function toModel(model: MappingNode, lookup: Lookup, context: ModelContext): ComposeModel {
  for (const { node, sentence } of findUnresolved(model, context.limits))
    context.problems.add(node.place, sentence);
  checkServices(model, context.problems);
  const services = entriesOf(valueOf(model, 'services')).filter(([service, { place }]) => {
    if (usableName.test(service)) return true;
    const quoted = JSON.stringify(service).slice(0, 80);
    context.problems.add(place, `${quoted} is no name for a service: ${allowed}, so it is left out`);
    return false;
  });
  const completed = new Set(services.flatMap(([, service]) => completedBefore(service)));
  const name = valueOf(model, 'name');
  const text = textOf(name);
  return {
    ...(name === undefined || text === undefined || text === ''
      ? {}
      : { name: { text, file: name.place.file, line: name.place.line } }),
    services: services.map(([service, node]) =>
      toService(service, node, {
        model,
        lookup,
        problems: context.problems,
        limits: context.limits,
        completed,
      }),
    ),
    externalNetworks: entriesOf(valueOf(model, 'networks')).flatMap(([network, node]) =>
      isExternal(node) ? [externalName(network, node)] : [],
    ),
    volumes: entriesOf(valueOf(model, 'volumes')).flatMap(([volume, node]) =>
      isExternal(node) ? [] : [volume],
    ),
  };
}

function isExternal(node: ComposeNode): boolean {
  const external = valueOf(node, 'external');
  return external !== undefined && textOf(external) !== 'false';
}

/** `name:`, or the `external: {name: }` of older files. */
function externalName(key: string, node: ComposeNode): string {
  return textOf(valueOf(node, 'name')) ?? textOf(valueOf(valueOf(node, 'external'), 'name')) ?? key;
}
