import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import {
  readRecord,
  readRecords,
  RecordFailure,
  removeRecord,
  writeRecord,
  type EnvironmentRecord,
} from './environment-record.ts';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'lc-records-'));
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

const record: EnvironmentRecord = {
  composeProject: 'shop-dev',
  folder: '/shop',
  files: ['/shop/compose.yaml'],
  variables: { SHOP_PORT: '8081' },
  pid: process.pid,
  state: 'up',
  run: '4711',
  by: 'shop:test',
  down: true,
  containers: ['a'],
  startedAt: 1,
};

it('keeps one record for each compose project', () => {
  writeRecord({ ...record, state: 'coming-up' }, folder);
  writeRecord(record, folder);
  writeRecord({ ...record, composeProject: 'Shop-dev' }, folder);
  expect(readRecords(folder)).toHaveLength(2);
  expect(readRecord('shop-dev', folder)).toEqual(record);
  removeRecord('shop-dev', folder);
  removeRecord('shop-dev', folder);
  expect(readRecord('shop-dev', folder)).toBeUndefined();
});

it('leaves alone what another version wrote, and what is no file', () => {
  writeFileSync(join(folder, 'newer.json'), JSON.stringify({ ...record, state: 'resting' }));
  execFileSync('mkfifo', [join(folder, 'fifo.json')]);
  mkdirSync(join(folder, 'folder.json'));
  expect(readRecords(folder)).toEqual([]);
  expect(readdirSync(folder)).toEqual(['fifo.json', 'folder.json', 'newer.json']);
});

it('says where no record can be written, and leaves no draft', () => {
  const place = join(folder, 'none');
  expect(() => {
    writeRecord(record, place);
  }).toThrow(
    /^what is done with shop-dev could not be noted in .*none: ENOENT.*\nMake room there: without the note/,
  );
  writeRecord(record, folder);
  const file = readdirSync(folder)[0] ?? '';
  rmSync(join(folder, file));
  mkdirSync(join(folder, file));
  expect(() => {
    writeRecord(record, folder);
  }).toThrow(RecordFailure);
  expect(readdirSync(folder)).toEqual([file]);
});

it('removes what nobody can read, and drafts of processes that died', () => {
  writeFileSync(join(folder, 'broken.json'), '{"composeProject":');
  writeFileSync(join(folder, 'other.json.4194999'), '{}');
  writeFileSync(join(folder, `own.json.${process.pid}`), '{}');
  expect(readRecords(folder)).toEqual([]);
  expect(readdirSync(folder)).toEqual([`own.json.${process.pid}`]);
});
