import type { LockHolder } from './lock-request.ts';

const longestCommand = 200;

/** What a holder tells those who wait: one line. */
export function writeGreeting(command: string, since: number): string {
  return JSON.stringify({ command: printable(command), pid: process.pid, since });
}

/** Reads a holder's line. One that says nothing sensible still has a process number, from its ticket. */
export function readGreeting(line: string, pid: number): LockHolder {
  const said = parse(line);
  const command = 'command' in said && typeof said.command === 'string' ? printable(said.command) : '';
  const since = 'since' in said && typeof said.since === 'number' ? said.since : Date.now();
  return { command, pid, since };
}

function parse(line: string): object {
  try {
    const said: unknown = JSON.parse(line);
    return typeof said === 'object' && said !== null ? said : {};
  } catch {
    // Another version's line, or half of one.
    return {};
  }
}

/** What a terminal shows as it is: no control characters, and not without end. */
function printable(text: string): string {
  const line = text.replace(/\p{C}+/gu, ' ').trim();
  return line.length > longestCommand ? `${line.slice(0, longestCommand)}...` : line;
}
