import type { PublishedPort } from '../environment.ts';
import { itemsOf, textOf, valueOf, type ComposeNode } from './compose-node.ts';
import { hostPortVariable, portRange, splitPort, wholeVariable, type PortParts } from './port-text.ts';
import type { ProblemList } from './problem-list.ts';
import type { ReadingLimits } from './reading-limits.ts';

/** Ports in one entry; nobody publishes more. */
const mostPorts = 1000;

/** All ports of a service, each once. */
export function publishedPorts(
  node: ComposeNode | undefined,
  { problems, limits }: { readonly problems: ProblemList; readonly limits: ReadingLimits },
): readonly PublishedPort[] {
  const ports = new Map<string, PublishedPort>();
  for (const port of itemsOf(node).flatMap((item) => toPublishedPorts(item, problems))) {
    const { address, host, container, protocol } = port;
    limits.spendNodes(10);
    const key = `${address} ${host?.first ?? ''} ${host?.last ?? ''} ${container} ${protocol}`;
    if (!ports.has(key)) ports.set(key, port);
  }
  return [...ports.values()];
}

/** The ports of one entry of `ports:`, short or long; a range of container ports gives each of them. */
function toPublishedPorts(item: ComposeNode, problems: ProblemList): readonly PublishedPort[] {
  const parts = partsOf(item);
  const container = portRange(parts.container);
  const host = parts.host === undefined ? undefined : portRange(parts.host);
  const amount = container === undefined ? 0 : container.last - container.first + 1;
  const wrong = whatIsWrong(parts, amount, host);
  if (container === undefined || wrong !== undefined) {
    problems.add(item.place, wrong ?? 'this is no port');
    return [];
  }
  // Nobody publishes these, and they are in nobody's way.
  if (parts.protocol === 'sctp') return [];
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

function whatIsWrong(parts: PortParts, amount: number, host: PublishedPort['host']): string | undefined {
  if (amount === 0) return `"${parts.container}" is no port`;
  if (parts.bare) return `the address ${parts.address ?? ''} has to stand in brackets`;
  if (!['tcp', 'udp', 'sctp'].includes(parts.protocol)) return `"${parts.protocol}" is no protocol`;
  if (parts.host !== undefined && host === undefined) return `"${parts.host}" is no port of the host`;
  if (amount > mostPorts) return `${amount} ports in one entry are too many`;
  const given = host === undefined ? amount : host.last - host.first + 1;
  return amount > 1 && given !== amount
    ? `${amount} ports of the container are given ${given} of the host`
    : undefined;
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
