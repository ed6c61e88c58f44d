import { inflateSync } from 'node:zlib';
import { join } from 'node:path';
import { gitConfigValue } from './git-config.ts';
import type { GitFolder } from './git-folder.ts';

/** One object of a repository. */
export interface GitObject {
  readonly type: string;
  readonly data: Buffer;
}

/** An index of one pack, read whole. */
interface PackIndex {
  readonly pack: string;
  readonly bytes: Buffer;
  readonly count: number;
}

const LARGEST_OBJECT = 16 * 1024 * 1024;
const DEEPEST_DELTA = 60;
const TYPES: readonly (string | undefined)[] = [undefined, 'commit', 'tree', 'blob', 'tag'];
const OFFSET_DELTA = 6;
const REFERENCE_DELTA = 7;

/** The objects of one repository, loose or packed; alternates are not followed. */
export class GitObjects {
  readonly #git: GitFolder;
  #packs: PackIndex[] | undefined;

  constructor(git: GitFolder) {
    this.#git = git;
  }

  /** The object, or undefined where it is not here or cannot be read. */
  read(name: string): GitObject | undefined {
    try {
      return this.#loose(name) ?? this.#packed(name, 0);
    } catch {
      return undefined;
    }
  }

  /** The shortest form of a name that git prints for a repository of this size. */
  abbreviation(name: string, asked?: number): string {
    const packed = this.#indexes().reduce((sum, index) => sum + index.count, 0);
    const usual = Math.max(7, Math.ceil((packed === 0 ? 0 : Math.floor(Math.log2(packed)) + 1) / 2));
    const setting = gitConfigValue(this.#git, 'core.abbrev') ?? '';
    let length = Math.max(4, asked ?? (/^\d+$/.test(setting) ? Number(setting) : usual));
    const others = this.#neighbours(name);
    while (length < name.length && others.some((other) => other.startsWith(name.slice(0, length)))) length++;
    return name.slice(0, length);
  }

  #loose(name: string): GitObject | undefined {
    const path = join(this.#git.shared, 'objects', name.slice(0, 2), name.slice(2));
    const packed = this.#git.files.read(path);
    if (packed === undefined) return undefined;
    const bytes = inflateSync(packed, { maxOutputLength: LARGEST_OBJECT });
    const end = bytes.indexOf(0);
    return { type: bytes.toString('latin1', 0, end).split(' ')[0] ?? '', data: bytes.subarray(end + 1) };
  }

  #packed(name: string, depth: number): GitObject | undefined {
    for (const index of this.#indexes()) {
      const at = position(index, name);
      if (at.found) return this.#entry(index.pack, entryOffset(index, at.place), depth);
    }
    return undefined;
  }

  #entry(pack: string, offset: number, depth: number): GitObject | undefined {
    const head = this.#git.files.slice(pack, offset, 64);
    if (head === undefined || depth > DEEPEST_DELTA) return undefined;
    let at = 0;
    let byte = head[at++] ?? 0;
    const type = (byte >> 4) & 7;
    let size = byte & 15;
    for (let shift = 4; (byte & 128) !== 0; shift += 7) {
      byte = head[at++] ?? 0;
      size += (byte & 127) * 2 ** shift;
    }
    if (size > LARGEST_OBJECT) return undefined;
    let base: GitObject | undefined;
    if (type === OFFSET_DELTA) {
      byte = head[at++] ?? 0;
      let back = byte & 127;
      while ((byte & 128) !== 0) {
        byte = head[at++] ?? 0;
        back = (back + 1) * 128 + (byte & 127);
      }
      base = this.#entry(pack, offset - back, depth + 1);
    } else if (type === REFERENCE_DELTA) {
      base = this.#packed(head.toString('hex', at, at + 20), depth + 1);
      at += 20;
    }
    // What is compressed is hardly ever longer than what it holds.
    const bytes = this.#git.files.slice(pack, offset + at, size + Math.ceil(size / 500) + 128);
    if (bytes === undefined) return undefined;
    const data = inflateSync(bytes, { maxOutputLength: LARGEST_OBJECT });
    if (type === OFFSET_DELTA || type === REFERENCE_DELTA) {
      return base === undefined ? undefined : { type: base.type, data: withDelta(base.data, data) };
    }
    const name = TYPES[type];
    return name === undefined ? undefined : { type: name, data };
  }

  #indexes(): PackIndex[] {
    this.#packs ??= this.#findIndexes();
    return this.#packs;
  }

  #findIndexes(): PackIndex[] {
    const folder = join(this.#git.shared, 'objects/pack');
    const names = (this.#git.files.list(folder) ?? []).filter((name) => name.endsWith('.idx'));
    return names.flatMap((name) => {
      const bytes = this.#git.files.read(join(folder, name));
      // Version 2 only: version 1 has not been written since 2008.
      if (bytes?.readUInt32BE(0) !== 0xff744f63 || bytes.readUInt32BE(4) !== 2) return [];
      const pack = join(folder, name.replace(/idx$/, 'pack'));
      return [{ pack, bytes, count: bytes.readUInt32BE(8 + 255 * 4) }];
    });
  }

  #neighbours(name: string): string[] {
    const loose = (this.#git.files.list(join(this.#git.shared, 'objects', name.slice(0, 2))) ?? []).map(
      (rest) => name.slice(0, 2) + rest,
    );
    const packed = this.#indexes().flatMap((index) => {
      const { place } = position(index, name);
      return [place - 1, place, place + 1]
        .filter((at) => at >= 0 && at < index.count)
        .map((at) => nameAt(index, at));
    });
    return [...loose, ...packed].filter((other) => other !== name);
  }
}

function nameAt({ bytes }: PackIndex, place: number): string {
  const start = 8 + 256 * 4 + place * 20;
  return bytes.toString('hex', start, start + 20);
}

function position(index: PackIndex, name: string): { readonly found: boolean; readonly place: number } {
  let [low, high] = [0, index.count];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (nameAt(index, middle) < name) low = middle + 1;
    else high = middle;
  }
  return { found: low < index.count && nameAt(index, low) === name, place: low };
}

function entryOffset({ bytes, count }: PackIndex, place: number): number {
  const offsets = 8 + 256 * 4 + count * 24;
  const short = bytes.readUInt32BE(offsets + place * 4);
  if (short < 0x80000000) return short;
  return Number(bytes.readBigUInt64BE(offsets + count * 4 + (short - 0x80000000) * 8));
}

/** The object that a delta makes of its base. */
function withDelta(base: Buffer, delta: Buffer): Buffer {
  let at = 0;
  const number = (): number => {
    let value = 0;
    for (let shift = 0; ; shift += 7) {
      const byte = delta[at++] ?? 0;
      value += (byte & 127) * 2 ** shift;
      if ((byte & 128) === 0) return value;
    }
  };
  number();
  const size = number();
  const pieces: Buffer[] = [];
  while (at < delta.length) {
    const order = delta[at++] ?? 0;
    if ((order & 128) === 0) {
      pieces.push(delta.subarray(at, at + order));
      at += order;
      continue;
    }
    let [start, length] = [0, 0];
    for (let bit = 0; bit < 4; bit++)
      if ((order & (1 << bit)) !== 0) start += (delta[at++] ?? 0) * 2 ** (8 * bit);
    for (let bit = 0; bit < 3; bit++)
      if ((order & (16 << bit)) !== 0) length += (delta[at++] ?? 0) * 2 ** (8 * bit);
    pieces.push(base.subarray(start, start + (length === 0 ? 0x10000 : length)));
  }
  const whole = Buffer.concat(pieces);
  if (whole.length !== size) throw new Error('a delta does not fit its base');
  return whole;
}
