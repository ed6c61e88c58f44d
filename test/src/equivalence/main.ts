/** `npm run equivalence -- --cases 5000 --seed 1`: whether nx does with random Makefiles what make does with them. */
import { parseArgs } from 'node:util';

import { describeFailure, failuresAmong } from './batch.ts';
import { randomMakefile } from './random-makefile.ts';

/** So many projects in one workspace: enough to make the start of nx cheap. */
const BATCH = 500;

const { values } = parseArgs({
  options: {
    cases: { type: 'string', default: '500' },
    seed: { type: 'string', default: '1' },
    show: { type: 'string', default: '10' },
  },
});
const cases = Number(values.cases);
const first = Number(values.seed);
let failures = 0;
for (let from = first; from < first + cases; from += BATCH) {
  const started = performance.now();
  const count = Math.min(BATCH, first + cases - from);
  const found = await failuresAmong(
    Array.from({ length: count }, (_, index) => randomMakefile(from + index)),
  );
  for (const failure of found) {
    if (failures < Number(values.show)) console.log(describeFailure(failure));
    failures += 1;
  }
  const seconds = ((performance.now() - started) / 1000).toFixed(1);
  console.log(`seeds ${from} to ${from + count - 1}: ${found.length} differ, ${seconds} s`);
}
console.log(`${cases} cases, ${failures} differ`);
process.exitCode = failures === 0 ? 0 : 1;
