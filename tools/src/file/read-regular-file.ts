import { closeSync, constants, fstatSync, openSync, readFileSync, realpathSync } from 'node:fs';
import { sep } from 'node:path';

const usual = 32 * 1024 * 1024;

/** What a file must be like to be read. */
export interface ReadableFile {
  /** Bytes; 32 MiB where it is not given. */
  readonly largest?: number;
  /** A folder that the file must really stand in, whatever links lead to it. */
  readonly inside?: string;
}

/**
 * The text of a regular file, or undefined where there is none to read. A FIFO or device, which a
 * repository may hold to make its reader wait, counts as none.
 */
export function readRegularFile(
  file: string,
  { largest = usual, inside }: ReadableFile = {},
): string | undefined {
  let descriptor: number;
  try {
    const real = inside === undefined ? file : realpathSync(file);
    if (inside !== undefined && !real.startsWith(realpathSync(inside) + sep)) return undefined;
    descriptor = openSync(real, constants.O_RDONLY | constants.O_NONBLOCK);
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
