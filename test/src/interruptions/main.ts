/** `npm run interruptions -- --cases 50 --seed 1`: commands are interrupted at random moments; nothing may be left behind. */
import { parseArgs } from 'node:util';
import { interrupt } from './interrupt.ts';
import { createPlatform } from './platform.ts';
import { randomInterruption } from './random-interruption.ts';

const { values } = parseArgs({
  options: { cases: { type: 'string', default: '50' }, seed: { type: 'string', default: '1' } },
});
const first = Number(values.seed);
let failures = 0;
let finishedBefore = 0;
await using platform = await createPlatform(`lc-i${process.pid}`);
for (let seed = first; seed < first + Number(values.cases); seed++) {
  const interruption = randomInterruption(seed);
  const { problems, finished } = await interrupt(platform, interruption);
  const { action, signal, delay } = interruption;
  if (problems.length > 0) failures++;
  if (finished) finishedBefore++;
  console.log(
    `seed ${seed}: ${action}, ${signal} after ${delay} ms${finished ? ' (was done)' : ''}: ${problems.length === 0 ? 'clean' : problems.join('\n  ')}`,
  );
}
console.log(
  `${values.cases} interruptions, ${finishedBefore} came too late; ${failures} left something behind`,
);
process.exitCode = failures === 0 ? 0 : 1;
