import { describe, expect, it } from 'vitest';
import type { Run } from './run.ts';
import type { RunStore } from './run-store.ts';
import { sampleRun } from './sample-runs.ts';

/** A store that holds what a spec asked for, until it is disposed of. */
export interface StoreRig extends AsyncDisposable {
  readonly store: RunStore;
}

/** What every `RunStore` has to do; `createRig` makes one that holds `runs`, given in no order. */
export const describeRunStore = (
  name: string,
  createRig: (runs: readonly Run[]) => Promise<StoreRig>,
): void => {
  const [first, second, third] = [sampleRun(1), sampleRun(2), sampleRun(3)];
  const runs = [second, third, first];

  describe(`${name}, as a run store`, () => {
    it('lists runs newest first', async () => {
      await using rig = await createRig(runs);
      expect(await rig.store.list({ limit: 10 })).toEqual({ runs: [third, second, first], next: null });
    });

    it('goes on after a page, and ends', async () => {
      await using rig = await createRig(runs);
      expect(await rig.store.list({ limit: 2 })).toEqual({ runs: [third, second], next: second.id });
      expect(await rig.store.list({ limit: 2, before: second.id })).toEqual({ runs: [first], next: null });
    });

    it('ends with a full page when nothing follows it', async () => {
      await using rig = await createRig(runs);
      expect((await rig.store.list({ limit: 3 })).next).toBeNull();
    });

    it('goes on from a run that is not there any more', async () => {
      await using rig = await createRig([first, third]);
      expect((await rig.store.list({ limit: 2, before: second.id })).runs).toEqual([first]);
    });

    it('lists nothing when it is empty', async () => {
      await using rig = await createRig([]);
      expect(await rig.store.list({ limit: 2 })).toEqual({ runs: [], next: null });
    });

    it('finds a run by its id', async () => {
      await using rig = await createRig(runs);
      expect(await rig.store.find(second.id)).toEqual({ kind: 'found', run: second });
    });

    it.each([sampleRun(9).id, '', '../secret', '/etc/passwd', `${first.id}\0`])(
      'finds nothing for %j',
      async (id) => {
        await using rig = await createRig(runs);
        expect(await rig.store.find(id)).toEqual({ kind: 'absent' });
      },
    );

    it('tells how many records there are and which is the newest', async () => {
      await using rig = await createRig(runs);
      const health = await rig.store.health();
      expect(health).toEqual({ records: 3, newest: third.id, skipped: [], notice: null });
    });

    it('knows no newest record when it is empty', async () => {
      await using rig = await createRig([]);
      expect(await rig.store.health()).toMatchObject({ records: 0, newest: null, skipped: [] });
    });
  });
};
