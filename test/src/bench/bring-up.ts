/**
 * `node test/src/bench/bring-up.ts --rounds 7`: what bringing PostgreSQL, Redis and an app up costs here and with
 * `docker compose up -d --wait` alone, in turns; and what a preparation costs that finds everything up.
 */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { bringUp, nameEnvironment, readEnvironments } from '@switchyard/tools/compose';
import { runProgram } from '@switchyard/tools/process';

const { values } = parseArgs({ options: { rounds: { type: 'string', default: '7' } } });
const name = `lc-bench-${process.pid}`;
const folder = mkdtempSync(join(tmpdir(), `${name}-`));
const file = join(folder, 'compose.yaml');
const healthy = { condition: 'service_healthy' };
const check = (test: string): object => ({ test: ['CMD-SHELL', test], interval: '500ms', retries: 60 });
const services = {
  postgres: {
    image: 'postgres:15-alpine',
    environment: { POSTGRES_PASSWORD: 'bench' },
    healthcheck: check('pg_isready -U postgres'),
  },
  redis: { image: 'redis:7-alpine', healthcheck: check('redis-cli ping') },
  app: {
    image: 'busybox:1.36',
    command: 'sleep 1000',
    stop_grace_period: '0s',
    depends_on: { postgres: healthy, redis: healthy },
    healthcheck: check('true'),
  },
};
writeFileSync(file, JSON.stringify({ name, services }));
const [found] = readEnvironments({ folder, workspaceRoot: folder, environment: process.env }).environments;
if (found === undefined) throw new Error('The environment was not found.');
const environment = nameEnvironment(found, 'bench');

try {
  const bare: number[] = [];
  const ours: number[] = [];
  const prepared: number[] = [];
  for (let round = 0; round < Number(values.rounds); round++) {
    bare.push(await timed(() => compose('up', '-d', '--wait')));
    await compose('down', '-v', '-t', '0');
    // Another PATH: the engine is looked for anew, as each process does.
    const fresh = { ...process.env, PATH: `${process.env['PATH'] ?? ''}:/none${round}` };
    const invocation = {
      name: 'bench',
      environment: fresh,
      report: () => undefined,
      onOutput: () => undefined,
    };
    ours.push(await timed(() => expectReady(bringUp(environment, {}, invocation))));
    prepared.push(await timed(() => expectReady(bringUp(environment, { preparation: true }, invocation))));
    await compose('down', '-v', '-t', '0');
  }
  console.log(`docker compose up -d --wait: ${median(bare)} ms; bringUp: ${median(ours)} ms (medians)`);
  console.log(`bringUp for a task, everything up: ${median(prepared)} ms`);
} finally {
  await compose('down', '-v', '-t', '0');
  rmSync(folder, { recursive: true, force: true });
}

async function timed(work: () => Promise<void>): Promise<number> {
  const started = performance.now();
  await work();
  return performance.now() - started;
}

async function expectReady(outcome: ReturnType<typeof bringUp>): Promise<void> {
  const { kind } = await outcome;
  if (kind !== 'ready') throw new Error(`It did not become ready: ${JSON.stringify(await outcome)}`);
}

async function compose(...args: readonly string[]): Promise<void> {
  const outcome = await runProgram({
    file: 'docker',
    args: ['compose', '-p', name, '-f', file, ...args],
    cwd: folder,
  });
  if (outcome.kind !== 'exited' || outcome.code !== 0)
    throw new Error(`compose ${args.join(' ')}: ${JSON.stringify(outcome)}`);
}

function median(numbers: readonly number[]): number {
  const sorted = numbers.toSorted((one, other) => one - other);
  return Math.round(sorted[Math.floor(sorted.length / 2)] ?? 0);
}
