import type { Socket } from 'node:net';
import { PROBLEM_TYPE, createProblem } from './problem.ts';

/** Answers a client whose request never became one (too slow, too long, not HTTP), and hangs up. */
export const answerClientError = (error: NodeJS.ErrnoException, socket: Socket): void => {
  if (error.code === 'ECONNRESET' || socket.destroyed) return;
  if (!socket.writable) {
    socket.destroy(error);
    return;
  }
  const { status, detail } = describe(error.code ?? 'unknown');
  const problem = createProblem(status, detail);
  const body = JSON.stringify(problem);
  socket.end(
    [
      `HTTP/1.1 ${status} ${problem.title}`,
      `Content-Type: ${PROBLEM_TYPE}`,
      `Content-Length: ${Buffer.byteLength(body)}`,
      'Connection: close',
      '',
      body,
    ].join('\r\n'),
  );
};

function describe(code: string): { status: number; detail: string } {
  switch (code) {
    case 'ERR_HTTP_REQUEST_TIMEOUT':
      return { status: 408, detail: 'The request took too long to arrive.' };
    case 'HPE_HEADER_OVERFLOW':
      return { status: 431, detail: 'The headers of the request are too long.' };
    default:
      return { status: 400, detail: 'The request is not HTTP/1.1.' };
  }
}
