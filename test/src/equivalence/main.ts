/**
 * `npm run equivalence -- --cases 5000 --seed 1`: whether nx does with random Makefiles what make does with them.
 * `--strict` also takes it for a failure when nx runs a recipe twice for one goal.
 */
import { parseArgs } from 'node:util';

import { describeFinding, findingsAmong } from './batch.ts';
import { randomMakefile } from './random-makefile.ts';

/** So many projects in one workspace: enough to make the start of nx cheap. */
const BATCH = 500;

const { values } = parseArgs({
  options: {
    cases: { type: 'string', default: '500' },
    seed: { type: 'string', default: '1' },
    strict: { type: 'boolean', default: false },
    show: { type: 'string', default: '10' },
  },
});
const cases = Number(values.cases);
const first = Number(values.seed);
let failures = 0;
let repeats = 0;
for (let from = first; from < first + cases; from += BATCH) {
  const started = performance.now();
  const count = Math.min(BATCH, first + cases - from);
  const found = await findingsAmong(
    Array.from({ length: count }, (_, index) => randomMakefile(from + index)),
  );
  const failed = found.filter(({ differences }) => values.strict || differences.length > 0);
  const repeating = found.filter(({ repeated }) => repeated.length > 0).length;
  for (const failure of failed.slice(0, Math.max(0, Number(values.show) - failures))) {
    console.log(describeFinding(failure));
  }
  failures += failed.length;
  repeats += repeating;
  const seconds = ((performance.now() - started) / 1000).toFixed(1);
  console.log(
    `seeds ${from} to ${from + count - 1}: ${failed.length} differ, ${repeating} repeat a recipe, ${seconds} s`,
  );
}
console.log(`${cases} cases, ${failures} differ, ${repeats} repeat a recipe`);
process.exitCode = failures === 0 ? 0 : 1;
