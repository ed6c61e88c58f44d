import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { DatabaseFailure } from '../server/index.ts';
import { headerLength, readArchiveHeader, type ArchiveHeader } from './archive-header.ts';
import { decompressor } from './compression.ts';
import type { SnapshotRecord } from './snapshot.ts';

/** Reads all of a snapshot and throws a DatabaseFailure when it is not what was written; returns the header of its dump. */
export async function verifySnapshot(
  task: string,
  folder: string,
  record: SnapshotRecord,
): Promise<ArchiveHeader> {
  const file = join(folder, record.file);
  const damaged = (problem: string): DatabaseFailure =>
    new DatabaseFailure(
      `${task}: snapshot ${record.name} is damaged: ${problem}. Nothing was restored.\nTake another one (\`--action=list\`), or put back ${file} from a copy.`,
    );
  const hash = createHash('sha256');
  let size = 0;
  for await (const chunk of createReadStream(file)) {
    const bytes = Buffer.from(chunk);
    hash.update(bytes);
    size += bytes.length;
  }
  if (size !== record.size)
    throw damaged(`${record.file} has ${size} bytes, and ${record.size} were written`);
  const sha256 = hash.digest('hex');
  if (sha256 !== record.sha256)
    throw damaged(
      `the sha256 of ${record.file} is ${sha256}, and that of what was written is ${record.sha256}`,
    );
  const header = await readHeader(task, file, record);
  if (typeof header === 'string') throw damaged(`${record.file} is whole, but ${header}`);
  return header;
}

async function readHeader(
  task: string,
  file: string,
  { compression }: SnapshotRecord,
): Promise<ArchiveHeader | string> {
  const decompress = decompressor(compression);
  if (decompress === undefined)
    throw new DatabaseFailure(
      `${task}: this snapshot is compressed with ${compression}, which Node ${process.versions.node} cannot read.\nUse Node 22.15 or newer.`,
    );
  let head = Buffer.alloc(0);
  const enough = new AbortController();
  try {
    await pipeline(
      createReadStream(file),
      decompress,
      async (plain: AsyncIterable<Buffer>) => {
        for await (const chunk of plain) {
          head = Buffer.concat([head, chunk]);
          if (head.length >= headerLength) break;
        }
        enough.abort();
      },
      { signal: enough.signal },
    );
  } catch (error) {
    if (!enough.signal.aborted)
      return `cannot be decompressed: ${error instanceof Error ? error.message : ''}`;
  }
  return readArchiveHeader(head);
}
