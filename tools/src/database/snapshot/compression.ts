import type { Transform } from 'node:stream';
import * as zlib from 'node:zlib';
import type { SnapshotRecord } from './snapshot.ts';

/** How a new dump is compressed: zstd where this Node has it (22.15, 23.8), else gzip. */
export interface Compression {
  readonly name: SnapshotRecord['compression'];
  readonly extension: 'zst' | 'gz';
}

const zstd: Compression = { name: 'zstd', extension: 'zst' };
const gzip: Compression = { name: 'gzip', extension: 'gz' };

/** The better one of those that there are. */
export function bestCompression(): Compression {
  return 'createZstdCompress' in zlib ? zstd : gzip;
}

/** A stream that compresses. */
export function compressor({ name }: Compression): Transform {
  if (name === 'gzip') return zlib.createGzip();
  // With a checksum, so that `zstd -t` finds damage too.
  return zlib.createZstdCompress({ params: { [zlib.constants.ZSTD_c_checksumFlag]: 1 } });
}

/** A stream that decompresses; undefined where this Node cannot. */
export function decompressor(name: SnapshotRecord['compression']): Transform | undefined {
  if (name === 'gzip') return zlib.createGunzip();
  return 'createZstdDecompress' in zlib ? zlib.createZstdDecompress() : undefined;
}
