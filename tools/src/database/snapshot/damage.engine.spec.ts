import { createHash } from 'node:crypto';
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { zstdCompressSync, zstdDecompressSync } from 'node:zlib';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { runProgram } from '../../process/index.ts';
import { runSql } from '../server/index.ts';
import { createSnapshot } from './create-snapshot.ts';
import { findSnapshots } from './find-snapshots.ts';
import { actOnSnapshots, type SnapshotRequest } from './snapshot-actions.ts';
import { createDatabaseRig, rigPassword, type DatabaseRig } from './snapshot.fixture.ts';
import { folderOf } from './snapshot-folder.ts';
import type { SnapshotRecord } from './snapshot.ts';

let rig: DatabaseRig;
let folder = '';
let record: SnapshotRecord;
const file = (name: string): string => join(folder, name);

beforeAll(async () => {
  rig = await createDatabaseRig();
  folder = folderOf(rig.workspace, { project: 'api', environment: 'dev', service: 'postgres' });
  await runSql(rig.database, 'create table kept (x int); insert into kept select generate_series(1, 50)');
  record = await createSnapshot(rig.database, { name: 'good' }, rig.invocation);
  await runSql(rig.database, 'insert into kept values (51)');
});
afterAll(() => rig[Symbol.asyncDispose]());
afterEach(() => {
  for (const name of readdirSync(folder))
    if (!name.startsWith('good.')) rmSync(file(name), { recursive: true });
});

const act = (more: Partial<SnapshotRequest>) =>
  actOnSnapshots(
    {
      ...{ action: 'restore', name: 'bad', replace: false, dryRun: false, environments: [rig.environment] },
      confirm: () => Promise.resolve(true),
      ...more,
    },
    rig.invocation,
  );

/** A copy of the good snapshot, changed. */
function lay(
  change: (dump: string) => void,
  more: Partial<Record<keyof SnapshotRecord, unknown>> = {},
): void {
  copyFileSync(file('good.dump.zst'), file('bad.dump.zst'));
  change(file('bad.dump.zst'));
  writeFileSync(file('bad.json'), JSON.stringify({ ...record, name: 'bad', file: 'bad.dump.zst', ...more }));
}

/** What a snapshot says of a dump, so that only the dump itself can tell that it was changed. */
const sealed = (dump: Buffer): Partial<SnapshotRecord> => ({
  size: dump.length,
  sha256: createHash('sha256').update(dump).digest('hex'),
});

async function expectUntouched(): Promise<void> {
  expect(await rig.ask('select count(*) from kept')).toBe('51');
  expect(await rig.ask('select count(*) from pg_database')).toBe('4');
}

describe('a damaged snapshot is refused, and the data stay', () => {
  it('when a bit of it flipped', async () => {
    lay((dump) => {
      const bytes = readFileSync(dump);
      const middle = bytes.length >> 1;
      bytes.writeUInt8((bytes[middle] ?? 0) ^ 1, middle);
      writeFileSync(dump, bytes);
    });
    await expect(act({})).rejects.toThrow(
      /api:db:snapshot: snapshot bad is damaged: the sha256 of bad.dump.zst is \w+, .* Nothing was restored.\nTake another one/,
    );
    await expectUntouched();
  });

  it('when it is cut short, or empty', async () => {
    lay((dump) => {
      truncateSync(dump, 100);
    });
    await expect(act({})).rejects.toThrow(`bad.dump.zst has 100 bytes, and ${record.size} were written`);
    truncateSync(file('bad.dump.zst'), 0);
    await expect(act({})).rejects.toThrow(`bad.dump.zst has 0 bytes, and ${record.size} were written`);
    await expectUntouched();
  });

  it('when its record is no JSON, does not fit, or is missing, or the dump is', async () => {
    lay(() => undefined);
    writeFileSync(file('bad.json'), '{');
    await expect(act({})).rejects.toThrow(/is damaged: bad.json is not JSON: .* Nothing was restored/);
    lay(() => undefined, { sha256: 'none' });
    await expect(act({})).rejects.toThrow(/bad.json does not fit: .*sha256/);
    lay(() => undefined, { format: 2 });
    await expect(act({})).rejects.toThrow('it was made by a newer Switchyard (format 2): update Switchyard');
    rmSync(file('bad.json'));
    await expect(act({})).rejects.toThrow('bad.json is missing');
    lay((dump) => {
      rmSync(dump);
    });
    await expect(act({})).rejects.toThrow('bad.dump.zst is missing');
    expect(findSnapshots(rig.workspace).map(({ name, kind }) => `${name} ${kind}`)).toEqual([
      'bad broken',
      'good usable',
    ]);
    await act({ action: 'delete' });
    expect(readdirSync(folder).toSorted()).toEqual(['good.dump.zst', 'good.json']);
    await expectUntouched();
  });

  it('when it is none of pg_dump, though record and file fit', async () => {
    const other = zstdCompressSync(Buffer.from('select 1;'.repeat(100)));
    lay((dump) => {
      writeFileSync(dump, other);
    }, sealed(other));
    await expect(act({})).rejects.toThrow('bad.dump.zst is whole, but it is not an archive of pg_dump');
  });

  it('when pg_restore finds the damage only half-way', async () => {
    const plain = zstdDecompressSync(readFileSync(file('good.dump.zst')));
    const half = zstdCompressSync(plain.subarray(0, plain.length - 200));
    lay((dump) => {
      writeFileSync(dump, half);
    }, sealed(half));
    await expect(act({})).rejects.toThrow(
      /restoring bad: pg_restore failed with exit code 1:\n(.|\n)*The data of app are as they were\.$/,
    );
    await expectUntouched();
  });
});

describe('a snapshot of a newer PostgreSQL is refused', () => {
  const message = (version: string): RegExp =>
    new RegExp(
      `snapshot bad is from PostgreSQL ${version}, and the server of app is PostgreSQL 15.\\d+, which is older. Nothing was restored`,
    );

  it('by its record', async () => {
    lay(() => undefined, { serverVersion: '99.1' });
    await expect(act({})).rejects.toThrow(message('99.1'));
    await expectUntouched();
  });

  it('by the header of the dump itself', async () => {
    const plain = zstdDecompressSync(readFileSync(file('good.dump.zst')));
    const at = plain.indexOf('15.');
    plain.write('98', at);
    const dump = zstdCompressSync(plain);
    lay((path) => {
      writeFileSync(path, dump);
    }, sealed(dump));
    await expect(act({})).rejects.toThrow(message('98.\\d+'));
    await expectUntouched();
  });
});

describe('a snapshot that cannot be written', () => {
  it('of a full disk leaves nothing, and what was there before', async () => {
    const small = join(rig.workspace, 'small');
    const place = folderOf(small, { project: 'api', environment: 'dev', service: 'postgres' });
    mkdirSync(small, { recursive: true });
    const mounted = await runProgram({
      file: 'mount',
      args: ['-t', 'tmpfs', '-o', 'size=256k', 'none', small],
    });
    expect(mounted, 'a small file system needs root').toMatchObject({ kind: 'exited', code: 0 });
    try {
      const invocation = { ...rig.invocation, workspaceRoot: small };
      const first = await createSnapshot(rig.database, { name: 'one' }, invocation);
      await runSql(
        rig.database,
        `create table big as select sha512(g::text::bytea) from generate_series(1, 40000) g`,
      );
      for (const replace of [true, false]) {
        const name = replace ? 'one' : 'two';
        await expect(createSnapshot(rig.database, { name, replace }, invocation)).rejects.toThrow(
          `api:db:snapshot: the disk is full, so the snapshot ${name} was not made; what was there before is unchanged.\nMake room`,
        );
      }
      expect(readdirSync(place).toSorted()).toEqual(['one.dump.zst', 'one.json']);
      expect(readFileSync(join(place, 'one.json'), 'utf8')).toContain(first.sha256);
    } finally {
      await runProgram({ file: 'umount', args: [small] });
      await runSql(rig.database, 'drop table if exists big');
    }
  });

  it('where a file stands in the way, or the file system is read-only, says so', async () => {
    const workspaceRoot = join(rig.workspace, 'other');
    mkdirSync(workspaceRoot);
    writeFileSync(join(workspaceRoot, '.switchyard'), '');
    const invocation = { ...rig.invocation, workspaceRoot };
    await expect(createSnapshot(rig.database, { name: 'one' }, invocation)).rejects.toThrow(
      /a file stands where a folder has to be \(.*\.switchyard.*\), so the snapshot one was not made/,
    );
    rmSync(join(workspaceRoot, '.switchyard'));
    await runProgram({ file: 'mount', args: ['-t', 'tmpfs', '-o', 'ro', 'none', workspaceRoot] });
    try {
      await expect(createSnapshot(rig.database, { name: 'one' }, invocation)).rejects.toThrow(
        /the file system is read-only .*so the snapshot one was not made/,
      );
    } finally {
      await runProgram({ file: 'umount', args: [workspaceRoot] });
    }
  });

  it('under a name that is none of a file, or is taken, is refused', async () => {
    for (const name of ['../evil', 'a/b', '..', '', '.hidden', 'x'.repeat(101), 'a..b', 'a b'])
      await expect(act({ action: 'create', name })).rejects.toThrow(/cannot be the name of a snapshot/);
    await expect(act({ action: 'create', name: 'good' })).rejects.toThrow(
      /there is a snapshot good already.\nChoose another name, give --replace, or delete it/,
    );
    expect(existsSync(join(dirname(folder), 'evil.json'))).toBe(false);
  });

  it('of a database that is not there names those that are', async () => {
    await expect(act({ action: 'create', database: 'nope' })).rejects.toThrow(
      'postgres has no database nope. There is: app, postgres.',
    );
  });
});

it('replaces a snapshot, and shows the password nowhere', async () => {
  await act({ action: 'create', name: 'again' });
  const result = await act({ action: 'create', name: 'again', replace: true });
  expect(result.kind).toBe('created');
  const own = readdirSync(folder).filter((name) => name.startsWith('again'));
  expect(own.toSorted().map((name) => name.replace(/~\w+/, '~'))).toEqual(['again.json', 'again~.dump.zst']);
  expect(JSON.stringify([result, rig.lines])).not.toContain(rigPassword);
  expect(readFileSync(file('again.json'), 'utf8')).not.toContain(rigPassword);
});
