import type { PublishedPort } from '../environment.ts';
import { textOf, valueOf, type ComposeNode } from './compose-node.ts';
import { hostPortVariable, portRange, splitPort, wholeVariable, type PortParts } from './port-text.ts';
import type { ProblemList } from './problem-list.ts';

/** Ports in one entry; nobody publishes more. */
const mostPorts = 1000;

/** The ports of one entry of `ports:`, short or long; a range of container ports gives each of them. */
export function toPublishedPorts(item: ComposeNode, problems: ProblemList): readonly PublishedPort[] {
  const parts = partsOf(item);
  const container = portRange(parts.container);
  const host = parts.host === undefined ? undefined : portRange(parts.host);
  const amount = container === undefined ? 0 : container.last - container.first + 1;
  const wrong =
    container === undefined
      ? `"${parts.container}" is no port`
      : parts.host !== undefined && host === undefined
        ? `"${parts.host}" is no port of the host`
        : amount > mostPorts
          ? `${amount} ports in one entry are too many`
          : amount > 1 && host !== undefined && host.last - host.first + 1 !== amount
            ? `${amount} ports of the container are given ${host.last - host.first + 1} of the host`
            : undefined;
  if (container === undefined || wrong !== undefined) {
    problems.add(item.place, wrong ?? 'this is no port');
    return [];
  }
  const protocol = parts.protocol === 'udp' ? 'udp' : 'tcp';
  return Array.from({ length: amount }, (_, at) => ({
    ...(host === undefined
      ? {}
      : { host: amount === 1 ? host : { first: host.first + at, last: host.first + at } }),
    ...(parts.variable === undefined ? {} : { variable: parts.variable }),
    address: parts.address ?? '0.0.0.0',
    container: container.first + at,
    protocol,
    place: problems.where(item.place),
  }));
}

function partsOf(item: ComposeNode): PortParts & { readonly variable?: string } {
  if (item.kind === 'scalar') {
    const variable = hostPortVariable(item.raw);
    return { ...splitPort(item.text), ...(variable === undefined ? {} : { variable }) };
  }
  const published = valueOf(item, 'published');
  const host = textOf(published);
  const address = textOf(valueOf(item, 'host_ip'));
  const variable = published?.kind === 'scalar' ? wholeVariable(published.raw) : undefined;
  return {
    container: textOf(valueOf(item, 'target')) ?? '',
    protocol: textOf(valueOf(item, 'protocol')) ?? 'tcp',
    ...(host === undefined || host === '' ? {} : { host }),
    ...(address === undefined || address === '' ? {} : { address }),
    ...(variable === undefined ? {} : { variable }),
  };
}
