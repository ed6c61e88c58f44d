import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { findSnapshots } from './find-snapshots.ts';
import { removeLeftFiles, removeSnapshotFiles } from './snapshot-folder.ts';
import { renderSnapshots } from './render-snapshots.ts';

let workspace = '';
let folder = '';
beforeEach(() => {
  workspace = mkdtempSync(join(tmpdir(), 'at-snapshots-'));
  folder = join(workspace, '.switchyard/snapshots/api/dev/postgres');
  mkdirSync(folder, { recursive: true });
});
afterEach(() => {
  rmSync(workspace, { recursive: true });
});

const record = {
  format: 1,
  name: 'linked',
  project: 'api',
  environment: 'dev',
  composeProject: 'api-dev',
  service: 'postgres',
  database: 'app',
  createdAt: '2026-05-01T10:00:00Z',
  createdBy: 'me@here',
  serverVersion: '15.4',
  dumpVersion: '15.4',
  file: 'linked.dump.gz',
  compression: 'gzip',
  size: 1,
  dumpSize: 1,
  sha256: 'a'.repeat(64),
  owners: [],
  grantees: [],
};

it('calls everything damaged that is no regular file, and can still remove it', () => {
  execFileSync('mkfifo', [join(folder, 'fifo.json')]);
  mkdirSync(join(folder, 'folder.json'));
  symlinkSync('/dev/zero', join(folder, 'device.json'));
  symlinkSync('/dev/zero', join(folder, 'linked.dump.gz'));
  writeFileSync(join(folder, 'linked.json'), JSON.stringify(record));
  const found = findSnapshots(workspace);
  expect(found.map((one) => [one.name, one.kind === 'broken' ? one.problem : ''])).toEqual([
    ['device', 'device.json cannot be read, or is no regular file of its folder'],
    ['fifo', 'fifo.json cannot be read, or is no regular file of its folder'],
    ['folder', 'folder.json cannot be read, or is no regular file of its folder'],
    ['linked', 'linked.dump.gz is no regular file of its folder'],
  ]);
  expect(removeLeftFiles(folder)).toEqual([]);
  for (const { name } of found) removeSnapshotFiles(folder, name);
  expect(findSnapshots(workspace)).toEqual([]);
});

it('takes folders that nobody of us made as they are, and shows nothing that drives a terminal', () => {
  const places = ['%zz', '%1B]0;title%07'].map((project) =>
    join(workspace, '.switchyard/snapshots', project, 'dev/postgres'),
  );
  for (const place of places) {
    mkdirSync(place, { recursive: true });
    writeFileSync(join(place, 'one.json'), '{"format":9,"\\u001b]0;title\\u0007":1}');
    writeFileSync(join(place, 'two.json'), '\u001b[2J');
  }
  const found = findSnapshots(workspace);
  expect(found.map(({ project, name }) => [project, name])).toContainEqual(['%zz', 'one']);
  expect(renderSnapshots(found, { colours: false })).not.toMatch(/[^\P{Cc}\n]/u);
});
