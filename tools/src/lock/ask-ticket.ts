import { connect } from 'node:net';
import { codeOf } from './error-code.ts';

/** What became of a connection to a ticket. */
export type TicketAnswer =
  /** Nobody has this ticket any more: it was given back. */
  | { readonly kind: 'gone' }
  /** Its process died and left it there. */
  | { readonly kind: 'dead' }
  /** The connection was closed. That may be the end of the ticket, or not: its process has no more file descriptors. */
  | { readonly kind: 'closed'; readonly greeted: boolean }
  /** More ask at the same time than the kernel lets wait. */
  | { readonly kind: 'busy' }
  | { readonly kind: 'aborted' };

/** Someone who wants to know about a ticket. */
export interface TicketQuestion {
  readonly path: string;
  /** Told as soon as there is a connection; true goes on until it is closed, false ends it. */
  readonly onConnect?: () => boolean;
  /** Told the line that the ticket's process sends. */
  readonly onGreeting?: (line: string) => void;
  readonly signal?: AbortSignal | undefined;
}

const longestGreeting = 65_536;

/** Connects to a ticket's socket and stays until it is closed, which the kernel does when the process is gone. */
export function askTicket({ path, onConnect, onGreeting, signal }: TicketQuestion): Promise<TicketAnswer> {
  if (signal?.aborted === true) return Promise.resolve({ kind: 'aborted' });
  return new Promise((resolve, reject) => {
    const connection = connect(path);
    let said = '';
    let greeted = false;
    let failure: Error | undefined;
    const abort = (): void => {
      connection.destroy();
    };
    signal?.addEventListener('abort', abort, { once: true });
    connection.setEncoding('utf8');
    connection.on('connect', () => {
      if (onConnect?.() === false) connection.destroy();
    });
    connection.on('data', (chunk: string) => {
      if (greeted) return;
      said += chunk;
      const end = said.indexOf('\n');
      if (end < 0 && said.length < longestGreeting) return;
      greeted = true;
      onGreeting?.(said.slice(0, Math.max(end, 0)));
    });
    connection.on('error', (error) => {
      failure = error;
    });
    connection.on('close', () => {
      signal?.removeEventListener('abort', abort);
      if (signal?.aborted === true) {
        resolve({ kind: 'aborted' });
        return;
      }
      switch (codeOf(failure)) {
        case 'ENOENT':
          resolve({ kind: 'gone' });
          break;
        case 'ECONNREFUSED':
          resolve({ kind: 'dead' });
          break;
        case 'EAGAIN':
          resolve({ kind: 'busy' });
          break;
        case undefined:
        case 'ECONNRESET':
        case 'EPIPE':
          resolve({ kind: 'closed', greeted });
          break;
        default:
          reject(new Error(`The lock's socket ${path} could not be asked.`, { cause: failure }));
      }
    });
  });
}
