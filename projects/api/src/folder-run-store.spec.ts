import { execFileSync } from 'node:child_process';
import { mkdir, rm, symlink, truncate } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { FolderRunStore } from './folder-run-store.ts';
import { describeRunStore } from './run-store-contract.ts';
import { RunStoreError } from './run-store.ts';
import { createRunFolder, sampleRun } from './sample-runs.ts';

describeRunStore('FolderRunStore', async (runs) => {
  const folder = await createRunFolder(runs);
  return {
    store: new FolderRunStore(folder.path),
    [Symbol.asyncDispose]: () => folder[Symbol.asyncDispose](),
  };
});

describe('FolderRunStore', () => {
  it.each([
    ['{ "id": "root:x:0:0', 'is not JSON'],
    ['[]', 'is not a run: ✖ Invalid input: expected object, received array'],
    [JSON.stringify(sampleRun(1)), 'holds a run with another id than its name'],
    [
      JSON.stringify({ ...sampleRun(2), startedAt: sampleRun(1).startedAt }),
      'is not a run: ✖ must begin with the time in startedAt → at id',
    ],
  ])('skips a broken record and says why: %s', async (text, problem) => {
    await using folder = await createRunFolder([sampleRun(1), sampleRun(3)]);
    await folder.write(`${sampleRun(2).id}.json`, text);
    const store = new FolderRunStore(folder.path);
    expect((await store.list({ limit: 10 })).runs).toEqual([sampleRun(3), sampleRun(1)]);
    expect((await store.health()).skipped).toEqual([{ record: `${sampleRun(2).id}.json`, problem }]);
    expect(await store.find(sampleRun(2).id)).toEqual({ kind: 'broken', problem });
  });

  it('forgets about a broken record that was mended or removed', async () => {
    await using folder = await createRunFolder();
    await folder.write(`${sampleRun(1).id}.json`, '{');
    await folder.write(`${sampleRun(2).id}.json`, '{');
    const store = new FolderRunStore(folder.path);
    expect((await store.health()).skipped).toHaveLength(2);
    await folder.write(`${sampleRun(1).id}.json`, JSON.stringify(sampleRun(1)));
    await rm(join(folder.path, `${sampleRun(2).id}.json`));
    expect((await store.health()).skipped).toEqual([]);
  });

  it('pays no attention to other files', async () => {
    await using folder = await createRunFolder([sampleRun(1)]);
    for (const name of ['notes.txt', 'notes.json', `${sampleRun(2).id}.json.part`])
      await folder.write(name, '{');
    expect(await new FolderRunStore(folder.path).health()).toMatchObject({ records: 1, skipped: [] });
  });

  it('reads keys that a newer writer added as if they were not there', async () => {
    await using folder = await createRunFolder();
    await folder.write(`${sampleRun(1).id}.json`, JSON.stringify({ ...sampleRun(1), branch: 'main' }));
    expect((await new FolderRunStore(folder.path).list({ limit: 1 })).runs).toEqual([sampleRun(1)]);
  });

  it('does not follow a link out of the folder, nor wait for a pipe, nor read a folder', async () => {
    await using secret = await createRunFolder([sampleRun(1)]);
    await using folder = await createRunFolder();
    const file = (minute: number) => join(folder.path, `${sampleRun(minute).id}.json`);
    await symlink(join(secret.path, `${sampleRun(1).id}.json`), file(1));
    execFileSync('mkfifo', [file(2)]);
    await mkdir(file(3));
    const { skipped } = await new FolderRunStore(folder.path).health();
    expect(skipped.map(({ problem }) => problem)).toEqual([
      'is not a regular file',
      'is not a regular file',
      'is a symbolic link',
    ]);
  });

  it('does not read a file that is too large for a record', async () => {
    await using folder = await createRunFolder([sampleRun(1)]);
    await truncate(join(folder.path, `${sampleRun(1).id}.json`), 16 * 1024 * 1024 + 1);
    expect((await new FolderRunStore(folder.path).health()).skipped).toMatchObject([
      { problem: 'has 16777217 bytes; the most is 16777216' },
    ]);
  });

  it('opens only the records of the page in a huge folder', async () => {
    const newest = Array.from({ length: 20 }, (_, index) => sampleRun(5000 + index));
    await using folder = await createRunFolder(newest);
    for (let minute = 0; minute < 3000; minute += 1) await folder.write(`${sampleRun(minute).id}.json`, '{');
    const store = new FolderRunStore(folder.path);
    expect((await store.list({ limit: 5 })).runs).toEqual(newest.slice(-5).reverse());
    // Had any of the 3000 others been opened, it would be known as broken.
    expect(await store.health()).toMatchObject({ records: 3020, skipped: [] });
    expect(await store.list({ limit: 5, before: sampleRun(1500).id })).toEqual({
      runs: [],
      next: sampleRun(1495).id,
    });
    expect((await store.health()).skipped).toHaveLength(5);
  });

  it('is empty, and says so, where the folder does not exist', async () => {
    await using folder = await createRunFolder();
    const store = new FolderRunStore(join(folder.path, 'missing'));
    expect(await store.list({ limit: 1 })).toEqual({ runs: [], next: null });
    expect((await store.health()).notice).toBe(
      'RUNS_DIR does not exist: nothing was recorded yet, or it names another folder',
    );
  });

  it('refuses a folder that is none', async () => {
    await using folder = await createRunFolder();
    await folder.write('file', '');
    const store = new FolderRunStore(join(folder.path, 'file'));
    await expect(store.list({ limit: 1 })).rejects.toThrow(
      new RunStoreError('RUNS_DIR cannot be listed (ENOTDIR): it must be a folder that the api may read'),
    );
  });
});
