import { availableParallelism } from 'node:os';
import { expect, it } from 'vitest';
import { batchSettings } from './batch-settings.ts';

it.each([
  [['run-many', '--parallel=7'], {}, 2, 7],
  [['run-many', '--parallel', '7', '-t', 'test'], { NX_PARALLEL: '4' }, 2, 7],
  [['run-many', '--parallel', '-t', 'test', '--maxParallel=6'], {}, 2, 6],
  [['run-many', '--parallel=false'], {}, 2, 1],
  [['run-many', '--no-parallel'], {}, 2, 1],
  [['run-many', '--parallel=100%'], {}, 2, availableParallelism()],
  [['run-many'], { NX_PARALLEL: '4' }, 2, 4],
  [['run', 'api:test', '--', '--parallel=9'], {}, 2, 2],
  [[], {}, undefined, 3],
])('%j with %j and %j in nx.json runs %i at a time', (raw, environment, configured, width) => {
  expect(batchSettings(raw, environment, configured).width).toBe(width);
});

it.each([
  [['--nxBail'], {}, true],
  [['--nx-bail=true'], {}, true],
  [['--nxBail=false'], { NX_BAIL: 'true' }, false],
  [[], { NX_BAIL: 'true' }, true],
  [[], {}, false],
])('%j with %j: bail is %j', (raw, environment, bail) => {
  expect(batchSettings(raw, environment).bail).toBe(bail);
});
