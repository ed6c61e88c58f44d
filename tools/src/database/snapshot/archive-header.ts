/** What stands at the beginning of an archive in the custom format of pg_dump. */
export interface ArchiveHeader {
  readonly database: string;
  /** Of the server it was made from, and of pg_dump: `15.4`, with what a distribution adds. */
  readonly serverVersion: string;
  readonly dumpVersion: string;
}

/** The bytes that hold it in any case: three names and a few numbers. */
export const headerLength = 4096;

const customFormat = 1;

/**
 * Reads the header of a pg_dump archive (`pg_dump --format=custom`), or says why it is none. The layout is that of
 * `WriteHead` in src/bin/pg_dump/pg_backup_archiver.c of PostgreSQL.
 */
export function readArchiveHeader(bytes: Uint8Array): ArchiveHeader | string {
  const text = Buffer.from(bytes);
  if (text.length === 0) return 'it is empty';
  if (text.toString('latin1', 0, 5) !== 'PGDMP') return 'it is not an archive of pg_dump';
  const [major = 0, minor = 0, , integerSize = 0, , format = 0] = text.subarray(5, 11);
  if (format !== customFormat) return 'it is an archive of pg_dump in another format than the custom one';
  let at = 11;
  // Since archive version 1.15 the compression is one byte, before it was an integer.
  at += major > 1 || minor >= 15 ? 1 : 1 + integerSize;
  // Seven numbers of the time, each with a byte for its sign.
  at += 7 * (1 + integerSize);
  const strings: string[] = [];
  for (let count = 0; count < 3; count++) {
    if (at + 1 + integerSize > text.length || integerSize > 6) return 'its header is cut short';
    const length = text.readUIntLE(at + 1, integerSize) * (text[at] === 0 ? 1 : 0);
    at += 1 + integerSize;
    if (at + length > text.length) return 'its header is cut short';
    strings.push(text.toString('utf8', at, at + length));
    at += length;
  }
  const [database = '', serverVersion = '', dumpVersion = ''] = strings;
  return { database, serverVersion, dumpVersion };
}

/** `15` of `15.4 (Debian 15.4-1)`; also of `9.6.24`, whose major version has two numbers but is older than all others. */
export function majorVersion(version: string): number {
  return Number(/^\d+/.exec(version)?.[0] ?? 0);
}
