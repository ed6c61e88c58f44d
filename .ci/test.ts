import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import process from 'node:process';
import { z } from 'zod';

/** One part of the test command: a program, or a vitest run whose tests are counted one by one. */
interface Step {
  readonly title: string;
  readonly command: readonly [string, ...string[]];
  readonly vitest?: boolean;
}

const checks: readonly Step[] = [
  { title: 'format', command: ['prettier', '--check', '.'] },
  { title: 'lint', command: ['eslint', '.'] },
  ...['tools', 'executors', 'projects/api', 'test', '.ci'].map((folder): Step => ({
    title: `types of ${folder}`,
    command: ['tsc', '-p', folder],
  })),
  { title: 'layout', command: ['node', '.ci/layout.ts'] },
  { title: 'specs', command: ['vitest', 'run', '--project', 'specs'], vitest: true },
];

const whole: readonly Step[] = [
  { title: 'main job', command: ['nx', 'run-many', '-t', 'verify'] },
  { title: 'end to end', command: ['vitest', 'run', '--project', 'end-to-end'], vitest: true },
];

/** What needs a container engine: left out, with one line, where none answers. */
const containers: readonly Step[] = [
  { title: 'containers', command: ['vitest', 'run', '--project', 'containers'], vitest: true },
  {
    title: 'containers end to end',
    command: ['vitest', 'run', '--project', 'end-to-end-containers'],
    vitest: true,
  },
];

/** Whether a container engine with compose answers. */
function hasEngine(): boolean {
  return ['info', 'compose version'].every(
    (words) => spawnSync('docker', words.split(' '), { stdio: 'ignore' }).status === 0,
  );
}

/** Runs every step, also after one has failed, and counts. */
function main(): void {
  const engine = hasEngine();
  const steps = process.argv.includes('--check')
    ? checks
    : [...checks, ...whole, ...(engine ? containers : [])];
  const scratch = mkdtempSync(path.join(os.tmpdir(), 'switchyard-test-'));
  let passed = 0;
  let failed = 0;
  const failures: string[] = [];
  for (const [index, step] of steps.entries()) {
    process.stdout.write(`\n--- ${step.title}\n`);
    const report = path.join(scratch, `${index}.json`);
    const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${report}`];
    const [program, ...args] = step.command;
    const result = spawnSync(program, step.vitest === true ? [...args, ...reporters] : args, {
      stdio: 'inherit',
      env: { ...process.env, NX_TUI: 'false', NX_NO_CLOUD: 'true' },
    });
    const counts = step.vitest === true ? readCounts(report) : undefined;
    const ok = result.status === 0;
    passed += counts?.passed ?? (ok ? 1 : 0);
    failed += counts?.failed ?? 0;
    if (!ok) failures.push(step.title);
    if (!ok && (counts?.failed ?? 0) === 0) failed += 1;
  }
  rmSync(scratch, { recursive: true });
  if (!engine) process.stdout.write('\nNo container engine answers: the container tests were left out.\n');
  if (failures.length > 0) process.stdout.write(`\nFailed: ${failures.join(', ')}\n`);
  process.stdout.write(`\n${passed} passed, ${failed} failed\n`);
  process.exitCode = failed === 0 ? 0 : 1;
}

const vitestReport = z.object({ numPassedTests: z.number(), numFailedTests: z.number() });

/** Counts from vitest's JSON report; none where it could not be written. */
function readCounts(report: string): { passed: number; failed: number } | undefined {
  try {
    const found: unknown = JSON.parse(readFileSync(report, 'utf8'));
    const { numPassedTests, numFailedTests } = vitestReport.parse(found);
    return { passed: numPassedTests, failed: numFailedTests };
  } catch {
    return undefined;
  }
}

main();
