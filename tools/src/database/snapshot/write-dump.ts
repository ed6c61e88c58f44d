import { createHash } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { connection, expectSuccess, runInContainer, type Database } from '../server/index.ts';
import { headerLength, readArchiveHeader, type ArchiveHeader } from './archive-header.ts';
import { compressor, type Compression } from './compression.ts';

/** A dump that is completely on the disk. */
export interface WrittenDump {
  readonly header: ArchiveHeader;
  readonly size: number;
  readonly dumpSize: number;
  readonly sha256: string;
}

/**
 * Dumps a database into a new file, in little memory however large it is. When it returns, the file is whole and on the
 * disk; when it throws, the file is to be removed. The dump itself is not compressed by pg_dump, so that it is by the
 * better compression of this side.
 */
export async function writeDump(
  database: Database,
  { file, compression, doing, signal }: WriteRequest,
): Promise<WrittenDump> {
  const plain = new StreamMeter(headerLength);
  const stored = new StreamMeter(0);
  const outcome = await runInContainer(
    database,
    [
      ...(['pg_dump', '--no-password', '--format=custom', '--compress=0'] as const),
      ...['--username', database.user, '--dbname', connection(database.name)],
    ],
    {
      ...(signal === undefined ? {} : { signal }),
      outputTo: (stdout) => {
        // Flushed to the disk before it is closed, which is when the pipeline is done.
        const target = createWriteStream(file, { flags: 'wx', mode: 0o600, flush: true });
        return pipeline(stdout, plain, compressor(compression), stored, target);
      },
    },
  );
  expectSuccess(doing, 'pg_dump', outcome);
  const header = readArchiveHeader(plain.head());
  if (typeof header === 'string') throw new Error(`${doing}: what pg_dump wrote cannot be read: ${header}.`);
  return { header, size: stored.size, dumpSize: plain.size, sha256: stored.digest() };
}

interface WriteRequest {
  readonly file: string;
  readonly compression: Compression;
  readonly doing: string;
  readonly signal?: AbortSignal | undefined;
}

/** Hands bytes on as they are, counts and digests them, and keeps the first ones. */
export class StreamMeter extends Transform {
  size = 0;
  readonly #hash = createHash('sha256');
  readonly #headLength: number;
  #head: Buffer = Buffer.alloc(0);

  constructor(headLength: number) {
    super();
    this.#headLength = headLength;
  }

  override _transform(
    chunk: Buffer,
    _encoding: BufferEncoding,
    done: (error: null, data: Buffer) => void,
  ): void {
    this.size += chunk.length;
    this.#hash.update(chunk);
    if (this.#head.length < this.#headLength)
      this.#head = Buffer.concat([this.#head, chunk.subarray(0, this.#headLength - this.#head.length)]);
    done(null, chunk);
  }

  head(): Buffer {
    return this.#head;
  }

  digest(): string {
    return this.#hash.digest('hex');
  }
}
