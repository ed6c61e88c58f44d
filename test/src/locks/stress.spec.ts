import { expect, it } from 'vitest';
import { stressLocks } from './stress.ts';

it('locks keep processes apart, come to everybody, and survive kill -9', async () => {
  const size = { processes: 4, lanes: 2, acquisitions: 600, killEvery: 60, names: ['a', 'b'] };
  const result = await stressLocks(size);
  expect(result).toMatchObject({ violations: [], left: [] });
  expect(result.acquisitions).toBeGreaterThanOrEqual(size.acquisitions);
  expect(result.kills).toBeGreaterThan(4);
  expect(result.waits.at(-1)).toBeLessThan(10_000);
}, 60_000);
