import { connect } from 'node:net';

/** How a published port answers. `hangs-up`: the engine accepts for the container, where nothing listens. */
export type PortAnswer = 'accepts' | 'hangs-up' | 'refuses' | 'silent';

/** Milliseconds to connect in; everything is on this machine or near. */
const patience = 1000;

/** Milliseconds within which the engine's proxy hangs up when it finds nobody in the container. */
const proxyTime = 100;

/** Connects to a port and sends nothing. */
export function checkPort(host: string, port: number): Promise<PortAnswer> {
  const { promise, resolve } = Promise.withResolvers<PortAnswer>();
  const socket = connect({ host, port });
  const answer = (found: PortAnswer): void => {
    clearTimeout(timer);
    socket.destroy();
    resolve(found);
  };
  let timer = setTimeout(answer, patience, 'silent');
  let connected = false;
  socket.on('connect', () => {
    connected = true;
    clearTimeout(timer);
    timer = setTimeout(answer, proxyTime, 'accepts');
  });
  // Whoever speaks first, as MySQL does, is there.
  socket.on('data', () => {
    answer('accepts');
  });
  for (const event of ['end', 'error', 'close'] as const)
    socket.on(event, () => {
      answer(connected ? 'hangs-up' : 'refuses');
    });
  return promise;
}

/** The host to reach a port under that is bound to this address; the engine may run on another machine. */
export function portHost(
  address: string,
  environment: Readonly<Record<string, string | undefined>> = process.env,
): string {
  const [, remote] =
    /^(?:tcp|ssh|https?):\/\/(?:[^@/]*@)?(\[[^\]]+\]|[^:/]+)/.exec(environment['DOCKER_HOST'] ?? '') ?? [];
  if (remote !== undefined) return remote.replaceAll(/[[\]]/g, '');
  if (address === '' || address === '0.0.0.0') return '127.0.0.1';
  return address === '::' ? '::1' : address;
}
