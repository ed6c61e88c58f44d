import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import {
  readRecord,
  readRecords,
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

it('leaves records of other versions alone, and removes drafts of processes that died', () => {
  writeFileSync(join(folder, 'broken.json'), '{"composeProject":');
  writeFileSync(join(folder, 'other.json.4194999'), '{}');
  writeFileSync(join(folder, `own.json.${process.pid}`), '{}');
  expect(readRecords(folder)).toEqual([]);
  expect(readdirSync(folder)).toEqual(['broken.json', `own.json.${process.pid}`]);
});
