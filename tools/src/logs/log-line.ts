/** One line that a container wrote. */
export interface LogLine {
  /** As the engine writes it, `2026-01-22T10:00:00.123456789Z`: compares as text; empty where it gave none. */
  readonly time: string;
  readonly text: string;
}

const stamp = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,9})?(?:Z|[+-]\d\d:\d\d) /;
const stampLength = '2026-01-22T10:00:00.123456789Z '.length;

/** The engine keeps longer lines in pieces of this many bytes, and puts a time before each of them. */
const pieceSize = 16 * 1024;

/** Reads a line of `docker logs --timestamps`; bytes that are not UTF-8 become U+FFFD. */
export function parseLogLine(line: Uint8Array): LogLine {
  const head = Buffer.from(line.subarray(0, stampLength + 5)).toString('latin1');
  const time = (stamp.exec(head)?.[0] ?? '').trim();
  const message = time === '' ? line : joinPieces(line.subarray(time.length + 1));
  // The carriage return of a terminal's line end.
  const text = new TextDecoder('utf-8', { ignoreBOM: true }).decode(message).replace(/\r+$/, '');
  return { time, text };
}

function joinPieces(message: Uint8Array): Uint8Array {
  if (message.length <= pieceSize) return message;
  const pieces = [message.subarray(0, pieceSize)];
  let rest = message.subarray(pieceSize);
  for (;;) {
    const inner = stamp.exec(Buffer.from(rest.subarray(0, stampLength + 5)).toString('latin1'));
    if (inner !== null) rest = rest.subarray(inner[0].length);
    if (rest.length <= pieceSize) break;
    pieces.push(rest.subarray(0, pieceSize));
    rest = rest.subarray(pieceSize);
  }
  return Buffer.concat([...pieces, rest]);
}
