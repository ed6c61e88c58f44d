/**
 * `npm run contention`: runs all checks of three projects whose test environments want the same port and the same
 * container name, again and again, and compares with the best order by hand.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { parseArgs } from 'node:util';
import { nxWorkspace } from '../bench/fixtures/nx-workspace.ts';
import { makePlace, makeWorkspace } from '../bench/fixtures/place.ts';
import { median } from '../bench/statistics.ts';
import { leftOver, removeLeftOver } from '../containers/engine-inventory.ts';
import { freePort } from '../containers/free-port.ts';
import { containerPlatform } from '../containers/platform.ts';
import { bestOrder, type ContentionPlace } from './best-order.ts';

const { values } = parseArgs({
  options: {
    repetitions: { type: 'string', default: '50' },
    /** Tasks that wait for a lock or an environment take a place too. */
    parallel: { type: 'string', default: '9' },
    /** How often the best order is measured; it is run next to the repetitions, one in so many. */
    compare: { type: 'string', default: '5' },
  },
});

const prefix = `swct${process.pid}`;
using place = makePlace();
const files = { ...nxWorkspace({}), ...containerPlatform({ prefix, port: await freePort() }) };
const workspace = makeWorkspace(place, 'contention', files);
const own: number[] = [];
const best: number[] = [];
let failures = 0;
try {
  const repetitions = Number(values.repetitions);
  const every = Math.max(1, Math.floor(repetitions / Number(values.compare)));
  for (let repetition = 1; repetition <= repetitions; repetition += 1) {
    const { code, milliseconds, output } = await allChecks(workspace);
    const left = leftOver(prefix);
    if (code === 0 && left.length === 0) own.push(milliseconds);
    else {
      failures += 1;
      process.stdout.write(`${output}\nLeft: ${left.join(', ') || 'nothing'}\n`);
      removeLeftOver(prefix);
    }
    if (repetition % every === 0) best.push(await bestOrder(workspace));
    process.stderr.write(
      `${repetition} of ${repetitions}: ${(milliseconds / 1000).toFixed(1)} s, exit code ${code}\n`,
    );
  }
} finally {
  removeLeftOver(prefix);
}
const ratio = median(own) / median(best);
process.stdout.write(
  `${values.repetitions} repetitions, ${failures} with a conflict, another failure or something left\n` +
    `all checks by nx: median ${(median(own) / 1000).toFixed(2)} s; best order by make: ${(median(best) / 1000).toFixed(2)} s; ${ratio.toFixed(2)} x (limit 1.2)\n`,
);
process.exitCode = failures === 0 ? 0 : 1;

async function allChecks({ folder, environment }: ContentionPlace) {
  const started = performance.now();
  const args = [
    'run-many',
    '-t',
    'lint',
    'type-check',
    'test',
    `--parallel=${values.parallel}`,
    '--skip-nx-cache',
  ];
  const child = spawn('nx', args, {
    cwd: folder,
    env: { ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const chunks: Buffer[] = [];
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => chunks.push(chunk));
  await once(child, 'close');
  return {
    code: child.exitCode ?? -1,
    milliseconds: performance.now() - started,
    output: Buffer.concat(chunks).toString(),
  };
}
