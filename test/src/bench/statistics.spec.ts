import { describe, expect, it } from 'vitest';
import { median, quantile, spread } from './statistics.ts';

describe('median', () => {
  it('is the middle sample, whatever their order', () => {
    expect(median([9, 1, 5])).toBe(5);
  });

  it('lies between the two middle samples of an even number', () => {
    expect(median([4, 1, 2, 100])).toBe(3);
  });

  it('leaves the samples as they are', () => {
    const samples = [3, 1, 2];
    median(samples);
    expect(samples).toEqual([3, 1, 2]);
  });

  it('refuses to make one up', () => {
    expect(() => median([])).toThrow(RangeError);
  });
});

describe('quantile', () => {
  it('goes from the smallest to the largest', () => {
    expect([0, 0.25, 1].map((share) => quantile([10, 20, 30, 40, 50], share))).toEqual([10, 20, 50]);
  });
});

describe('spread', () => {
  it('is relative to the median', () => {
    expect(spread([90, 100, 110])).toBeCloseTo(0.2);
  });

  it('is never negative', () => {
    expect(spread([-110, -100, -90])).toBeCloseTo(0.2);
  });

  it('is none where all are nothing', () => {
    expect(spread([0, 0])).toBe(0);
  });
});
