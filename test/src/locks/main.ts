/** `npm run locks -- --processes 8 --acquisitions 10000`: the locks under load, with processes killed at random. */
import { parseArgs } from 'node:util';
import { stressLocks } from './stress.ts';

const { values } = parseArgs({
  options: {
    processes: { type: 'string', default: '8' },
    lanes: { type: 'string', default: '2' },
    acquisitions: { type: 'string', default: '10000' },
    'kill-every': { type: 'string', default: '100' },
  },
});
const result = await stressLocks({
  processes: Number(values.processes),
  lanes: Number(values.lanes),
  acquisitions: Number(values.acquisitions),
  killEvery: Number(values['kill-every']),
  names: ['compose:api-test', 'port:5433', 'db'],
});
const { waits, violations, left } = result;
const at = (share: number): string => (waits[Math.floor((waits.length - 1) * share)] ?? 0).toFixed(1);
console.log(`${result.acquisitions} acquisitions in ${result.seconds.toFixed(1)} s`);
console.log(`${Math.round(result.acquisitions / result.seconds)} acquisitions/s`);
console.log(`waits: median ${at(0.5)} ms, 99% ${at(0.99)} ms, longest ${at(1)} ms`);
console.log(`at most ${result.overtakes} that asked later came before`);
console.log(`${result.kills} processes killed, ${violations.length} violations, ${left.length} files left`);
for (const line of [...violations.slice(0, 20), ...left]) console.log(line);
process.exitCode = violations.length + left.length === 0 ? 0 : 1;
