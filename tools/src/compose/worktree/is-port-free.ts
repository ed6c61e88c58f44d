import { Worker } from 'node:worker_threads';

/** Milliseconds; binding a port takes less than one, starting the thread some 20. */
const patience = 5000;

/** Binds the port on all addresses and lets go of it. A system without IPv6 counts as free there. */
const trial = `
const { createServer } = require('node:net');
const { workerData: { answer, port } } = require('node:worker_threads');
const say = (free) => { Atomics.store(answer, 0, free ? 1 : 2); Atomics.notify(answer, 0); };
const listen = (host, then) => {
  const server = createServer();
  server.once('error', ({ code }) => (code === 'EADDRINUSE' || code === 'EACCES' ? say(false) : then()));
  server.listen({ port, host, exclusive: true }, () => server.close(then));
};
listen('0.0.0.0', () => listen('127.0.0.1', () => listen('::', () => say(true))));
`;

/**
 * Whether nobody on this machine listens on a TCP port. It answers at once, so that an environment can be named by a plain
 * function: a thread tries to bind it while this one waits.
 */
export function isPortFree(port: number): boolean {
  const answer = new Int32Array(new SharedArrayBuffer(4));
  const worker = new Worker(trial, { eval: true, workerData: { answer, port }, execArgv: [], env: {} });
  // One that cannot start says nothing, and then the port is not taken.
  worker.on('error', () => undefined);
  worker.unref();
  Atomics.wait(answer, 0, 0, patience);
  void worker.terminate();
  return Atomics.load(answer, 0) === 1;
}
