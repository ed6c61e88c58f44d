import { lookup } from 'node:dns/promises';
import { withTimeout } from './with-timeout.ts';

/** Milliseconds for a name; a broken resolver takes many seconds. */
const patience = 1000;

/** Where a host name leads; `silent`: no answer in time. */
export type HostAnswer =
  | { readonly kind: 'resolved'; readonly address: string }
  | { readonly kind: 'unknown' }
  | { readonly kind: 'silent' };

/** Resolves a host name as browsers do: names below localhost are this machine, whatever the resolver says. */
export async function checkHost(name: string): Promise<HostAnswer> {
  if (name === 'localhost' || name.endsWith('.localhost'))
    return { kind: 'resolved', address: 'this machine' };
  const found = await withTimeout(
    lookup(name).then(
      ({ address }): HostAnswer => ({ kind: 'resolved', address }),
      (): HostAnswer => ({ kind: 'unknown' }),
    ),
    patience,
  );
  return found ?? { kind: 'silent' };
}
