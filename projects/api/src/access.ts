import { createHash, timingSafeEqual } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';
import { isLoopback } from './configuration.ts';
import { RequestProblem } from './problem.ts';

/** Who may read: whoever brings the token, or without one whoever is on this machine. */
export type Access = { readonly kind: 'token'; readonly token: string } | { readonly kind: 'loopback' };

/** Throws a `RequestProblem` for a request that `access` does not allow. */
export const checkAccess = (access: Access, headers: IncomingHttpHeaders): void => {
  switch (access.kind) {
    case 'token': {
      const given = /^Bearer +(\S+)$/i.exec(headers.authorization ?? '')?.[1];
      if (given === undefined || !isSame(given, access.token)) {
        throw new RequestProblem(401, 'Send the value of API_TOKEN as "Authorization: Bearer ...".');
      }
      return;
    }
    case 'loopback':
      // A web page can have its own name resolve to 127.0.0.1; the Host header tells it from a local client.
      if (!isLoopback(hostName(headers.host ?? ''))) {
        throw new RequestProblem(
          403,
          'Without API_TOKEN only localhost is served: use its name, or set a token.',
        );
      }
  }
};

function hostName(host: string): string {
  return host.replace(/:\d+$/, '').replace(/^\[(.*)\]$/, '$1');
}

/** Compares digests, so that neither the length nor the first difference shows in the time taken. */
function isSame(left: string, right: string): boolean {
  const digest = (text: string) => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(left), digest(right));
}
