import { closeSync, constants, fstatSync, openSync, readFileSync } from 'node:fs';

const largest = 32 * 1024 * 1024;

/**
 * The text of a regular file of at most 32 MiB, or undefined where there is none to read. A FIFO or device, which a
 * repository may hold to make its reader wait, counts as none.
 */
export function readRegularFile(file: string): string | undefined {
  let descriptor: number;
  try {
    descriptor = openSync(file, constants.O_RDONLY | constants.O_NONBLOCK);
  } catch {
    return undefined;
  }
  try {
    const stat = fstatSync(descriptor);
    return stat.isFile() && stat.size <= largest ? readFileSync(descriptor, 'utf8') : undefined;
  } catch {
    return undefined;
  } finally {
    closeSync(descriptor);
  }
}
