import { describe, expect, it } from 'vitest';
import { measurement, pairwise } from './measurement.ts';
import { formatTable } from './table.ts';

describe('measurement', () => {
  it('judges the median, not the outlier', () => {
    expect(measurement('a', { name: 'run', samples: [1, 100, 2], limit: 2 })).toMatchObject({
      value: 2,
      reached: true,
    });
  });

  it('has no verdict without a limit', () => {
    expect(measurement('a', { name: 'run', samples: [1] })).not.toHaveProperty('reached');
  });
});

describe('pairwise', () => {
  it('compares what ran in the same repetition', () => {
    expect(pairwise([10, 30], [5, 10], (a, b) => a / b)).toEqual([2, 3]);
  });
});

describe('formatTable', () => {
  it('gives each line its limit and whether it was reached', () => {
    const table = formatTable([
      measurement('Inference', { name: 'cold', samples: [12.34], limit: 10, note: '3 Makefiles' }),
      measurement('Inference', { name: 'share', unit: 'x', samples: [1.104], limit: 1.15 }),
      measurement('Inference', { name: 'bare', samples: [1500] }),
    ]);
    expect(table.split('\n').map((line) => line.trimEnd())).toEqual([
      'Inference',
      '  cold   12.3 ms  <= 10.0 ms  MISSED  3 Makefiles',
      '  share  1.10 x   <= 1.15 x   ok',
      '  bare   1500 ms  -',
    ]);
  });
});
