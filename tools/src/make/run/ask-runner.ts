import { connect } from 'node:net';

/** What whoever holds a socket says about the work it does. */
export type RunnerAnswer =
  | { readonly kind: 'result'; readonly code: number; readonly pid: number }
  /** The socket was never taken. */
  | { readonly kind: 'nobody' }
  /** Too many wait already for one more to be let in. */
  | { readonly kind: 'busy' }
  /** Whoever took the socket is gone, or gave up. */
  | { readonly kind: 'dead' };

/** Connects to the process that does some work, and waits until it is done or the process is gone. */
export function askRunner(
  socket: string,
  onWait: (pid: number) => void,
  signal?: AbortSignal,
): Promise<RunnerAnswer> {
  return new Promise((resolve) => {
    const connection = connect(socket);
    let said = '';
    let failure: string | undefined;
    const abort = (): void => {
      connection.destroy();
    };
    signal?.addEventListener('abort', abort, { once: true });
    connection.setEncoding('utf8');
    connection.on('data', (chunk: string) => {
      const first = !said.includes('\n');
      said += chunk;
      if (first && said.includes('\n')) onWait(Number.parseInt(said));
    });
    connection.on('error', (error: NodeJS.ErrnoException) => {
      failure = error.code;
    });
    connection.on('close', () => {
      signal?.removeEventListener('abort', abort);
      const [pid, code] = said.split('\n');
      if (failure === 'ENOENT') resolve({ kind: 'nobody' });
      else if (failure === 'EAGAIN') resolve({ kind: 'busy' });
      else if (code === undefined || code === '') resolve({ kind: 'dead' });
      else resolve({ kind: 'result', code: Number(code), pid: Number(pid) });
    });
  });
}
