import { expect, it } from 'vitest';
import { readArchiveHeader } from './archive-header.ts';

const number = (value: number): number[] => [0, ...new Uint8Array(new Int32Array([value]).buffer)];
const text = (value: string): number[] => [...number(value.length), ...Buffer.from(value)];

/** An archive's beginning as pg_dump of PostgreSQL 12 (1.14) to 17 (1.16) writes it. */
function header(minor: number, format = 1): Uint8Array {
  const compression = minor >= 15 ? [0] : number(0);
  const time = [0, 1, 2, 3, 4, 5, 6].flatMap(number);
  const names = [...text('app'), ...text('17.2 (Debian)'), ...text('17.2')];
  return Uint8Array.from([
    ...Buffer.from('PGDMP'),
    1,
    minor,
    0,
    4,
    8,
    format,
    ...compression,
    ...time,
    ...names,
  ]);
}

it.each([14, 15, 16])('reads who made an archive of version 1.%d', (minor) => {
  expect(readArchiveHeader(header(minor))).toEqual({
    database: 'app',
    serverVersion: '17.2 (Debian)',
    dumpVersion: '17.2',
  });
});

it('says why something is none', () => {
  expect(readArchiveHeader(new Uint8Array())).toBe('it is empty');
  expect(readArchiveHeader(Buffer.from('--\n-- PostgreSQL database dump'))).toBe(
    'it is not an archive of pg_dump',
  );
  expect(readArchiveHeader(header(15, 3))).toMatch(/in another format than the custom one/);
  expect(readArchiveHeader(header(15).subarray(0, 60))).toBe('its header is cut short');
});
