import { afterAll, beforeAll, expect, it } from 'vitest';
import { interrupt } from './interrupt.ts';
import { createPlatform, type Platform } from './platform.ts';
import { randomInterruption } from './random-interruption.ts';

let platform: Platform;
beforeAll(async () => {
  platform = await createPlatform(`lc-s${process.pid}`);
});
afterAll(() => platform[Symbol.asyncDispose]());

it.each([2, 5, 6, 7, 8, 10].map((seed) => ({ seed, ...randomInterruption(seed) })))(
  'leaves nothing behind: $action, $signal after $delay ms',
  async (interruption) => {
    expect((await interrupt(platform, interruption)).problems).toEqual([]);
  },
);
