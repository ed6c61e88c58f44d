import { referenceAt } from './interpolate.ts';

/** First and last number of `8000` or `8000-8010`; undefined for what is neither. */
export function portRange(text: string): { readonly first: number; readonly last: number } | undefined {
  const found = /^(\d{1,5})(?:-(\d{1,5}))?$/.exec(text.trim());
  if (found === null) return undefined;
  const first = Number(found[1]);
  const last = Number(found[2] ?? found[1]);
  return first <= last && last <= 65535 ? { first, last } : undefined;
}

/** The parts of `[[ADDRESS:]HOST:]CONTAINER[/PROTOCOL]`, as text. */
export interface PortParts {
  readonly address?: string;
  readonly host?: string;
  readonly container: string;
  readonly protocol: string;
  /** An IPv6 address without brackets, which Compose does not take. */
  readonly bare?: true;
}

/** Splits a port in the short syntax; IPv6 addresses stand in brackets. */
export function splitPort(text: string): PortParts {
  const slash = text.lastIndexOf('/');
  const protocol = slash === -1 ? 'tcp' : text.slice(slash + 1).toLowerCase();
  const [rest, container] = splitLast(slash === -1 ? text : text.slice(0, slash));
  if (rest === undefined) return { container, protocol };
  const [address, host] = splitLast(rest);
  return {
    container,
    protocol,
    ...(address === undefined || address === '' ? {} : { address: address.replace(/^\[(.*)\]$/, '$1') }),
    ...(host === '' ? {} : { host }),
    ...(address !== undefined && address.includes(':') && !address.startsWith('[')
      ? { bare: true as const }
      : {}),
  };
}

function splitLast(text: string): readonly [string | undefined, string] {
  const colon = text.lastIndexOf(':');
  return colon === -1 ? [undefined, text] : [text.slice(0, colon), text.slice(colon + 1)];
}

/** The variable that the host part of a port is written with, where it is nothing but one: `${API_PORT:-8080}:80`. */
export function hostPortVariable(raw: string): string | undefined {
  const names: string[] = [];
  let shape = '';
  for (let at = 0; at < raw.length;) {
    const found = raw[at] === '$' ? referenceAt(raw, at) : undefined;
    // Any sign that no port is written with; colons in a default are hidden behind it.
    shape += found === undefined ? (raw[at] ?? '') : '$';
    if (found !== undefined) names.push(found.name);
    at = found?.end ?? at + 1;
  }
  const { host, address } = splitPort(shape);
  const before = (address ?? '').split('$').length - 1;
  return host === '$' ? names[before] : undefined;
}

/** The variable that a whole value is written with, if it is. */
export function wholeVariable(raw: string): string | undefined {
  const found = raw.startsWith('$') ? referenceAt(raw, 0) : undefined;
  return found?.end === raw.length ? found.name : undefined;
}
