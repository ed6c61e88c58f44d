import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

import { fixtureEnvironment } from '../rig/environment.ts';
import { mustRun, runToEnd } from '../rig/program.ts';
import { differences, repeated, secondRunDifferences } from './differences.ts';
import type { NxRun, Run } from './differences.ts';
import { makefileText } from './random-makefile.ts';
import type { RandomMakefile } from './random-makefile.ts';

const REPOSITORY = resolve(import.meta.dirname, '../../..');

/** A Makefile with which nx and make differ. */
export interface Finding {
  readonly makefile: RandomMakefile;
  readonly text: string;
  /** Empty where only `repeated` is worth a look. */
  readonly differences: readonly string[];
  readonly repeated: readonly string[];
  readonly make: Run;
  readonly nx: NxRun;
  readonly again: NxRun;
}

/** Outside every project, so that noting what ran changes no input of a task. */
const logOf = (index: number): string => `../../logs/p${index}.log`;

/** Leaves how each task ended in a file: what Nx itself knows, not what it prints. */
const RESULTS_PLUGIN = `import { writeFileSync } from 'node:fs';
export const name = 'results';
export const postTasksExecution = (options, { taskResults }) => {
  const results = Object.entries(taskResults).map(([id, { status }]) => [id, status]);
  writeFileSync(new URL('results.json', import.meta.url), JSON.stringify(Object.fromEntries(results)));
};
`;

async function recipesIn(folder: string, index: number): Promise<string[]> {
  const log = join(folder, 'logs', `p${index}.log`);
  if (!existsSync(log)) return [];
  const text = await readFile(log, 'utf8');
  await rm(log);
  return text.split('\n').filter((line) => line !== '');
}

async function writeProjects(folder: string, makefiles: readonly RandomMakefile[]): Promise<void> {
  await mkdir(join(folder, 'logs'), { recursive: true });
  for (const [index, makefile] of makefiles.entries()) {
    await mkdir(join(folder, 'projects', `p${index}`), { recursive: true });
    await writeFile(join(folder, 'projects', `p${index}`, 'Makefile'), makefileText(makefile, logOf(index)));
  }
}

async function writeWorkspace(folder: string, makefiles: readonly RandomMakefile[]): Promise<void> {
  await writeProjects(folder, makefiles);
  const nxJson = {
    analytics: false,
    neverConnectToCloud: true,
    parallel: 2,
    plugins: ['@switchyard/executors', './results.mjs'],
  };
  await writeFile(join(folder, 'nx.json'), JSON.stringify(nxJson));
  await writeFile(join(folder, 'package.json'), JSON.stringify({ name: 'random', private: true }));
  await writeFile(join(folder, '.gitignore'), 'node_modules\n.nx/\nout/\nlogs/\nresults.json\n');
  await writeFile(join(folder, 'results.mjs'), RESULTS_PLUGIN);
  await symlink(join(REPOSITORY, 'node_modules'), join(folder, 'node_modules'));
}

async function runNx(
  folder: string,
  environment: Record<string, string>,
  makefiles: readonly RandomMakefile[],
): Promise<NxRun[]> {
  const results = join(folder, 'results.json');
  await rm(results, { force: true });
  const nx = join(folder, 'node_modules/.bin/nx');
  const args = ['run-many', '-t', 'verify', 'all', '--output-style=static'];
  const { output, exitCode } = await runToEnd({ file: nx, args, cwd: folder, environment });
  if (!existsSync(results)) throw new Error(`nx ended with ${exitCode} before it ran a task:\n${output}`);
  const parsed: unknown = JSON.parse(await readFile(results, 'utf8'));
  const statuses = new Map<string, unknown>(
    typeof parsed === 'object' && parsed !== null ? Object.entries(parsed) : [],
  );
  const runs: NxRun[] = [];
  for (const [index, { goal }] of makefiles.entries()) {
    const prefix = `p${index}:`;
    const done = (status: unknown): boolean => status === 'success' || isHit(status);
    runs.push({
      succeeded: done(statuses.get(prefix + goal)),
      recipes: await recipesIn(folder, index),
      hits: [...statuses].flatMap(([id, status]) =>
        id.startsWith(prefix) && isHit(status) ? [id.slice(prefix.length)] : [],
      ),
    });
  }
  return runs;
}

function isHit(status: unknown): boolean {
  return typeof status === 'string' && status.includes('cache');
}

async function runMake(
  folder: string,
  environment: Record<string, string>,
  makefiles: readonly RandomMakefile[],
): Promise<Run[]> {
  const runs: Run[] = [];
  for (const [index, { goal }] of makefiles.entries()) {
    const cwd = join(folder, 'projects', `p${index}`);
    const { exitCode } = await runToEnd({ file: 'make', args: [goal], cwd, environment });
    runs.push({ succeeded: exitCode === 0, recipes: await recipesIn(folder, index) });
  }
  return runs;
}

/** Runs the goal of each Makefile with make, and all of them with one nx, twice; gives those with which something differs. */
export async function findingsAmong(makefiles: readonly RandomMakefile[]): Promise<Finding[]> {
  const base = await mkdtemp(join(tmpdir(), 'switchyard-equivalence-'));
  try {
    for (const name of ['home', 'shared', 'nx', 'make']) await mkdir(join(base, name));
    const environment = fixtureEnvironment({
      home: join(base, 'home'),
      shared: join(base, 'shared'),
      registry: 'http://127.0.0.1:9',
    });
    await writeProjects(join(base, 'make'), makefiles);
    await writeWorkspace(join(base, 'nx'), makefiles);
    const git = { file: 'git', cwd: join(base, 'nx'), environment };
    await mustRun({ ...git, args: ['init', '--quiet'] });
    const byMake = await runMake(join(base, 'make'), environment, makefiles);
    const byNx = await runNx(join(base, 'nx'), environment, makefiles);
    const byNxAgain = await runNx(join(base, 'nx'), environment, makefiles);
    return makefiles.flatMap((makefile, index) => {
      const [make, nx, again] = [byMake[index], byNx[index], byNxAgain[index]];
      if (make === undefined || nx === undefined || again === undefined) return [];
      const found = [...differences(makefile, make, nx), ...secondRunDifferences(makefile, nx, again)];
      const twice = repeated(nx);
      const text = makefileText(makefile, logOf(index));
      return found.length + twice.length === 0
        ? []
        : [{ makefile, text, differences: found, repeated: twice, make, nx, again }];
    });
  } finally {
    await rm(base, { recursive: true, force: true, maxRetries: 3 });
  }
}

/** A finding as a person wants to read it: the seed, what differs, and the Makefile. */
export function describeFinding(finding: Finding): string {
  const { makefile, text, make, nx, again } = finding;
  return [
    `--- seed ${makefile.seed}, goal ${makefile.goal}`,
    ...finding.differences.map((difference) => `  ${difference}`),
    ...finding.repeated.map((name) => `  nx ran ${name} more than once`),
    `  make ran:  ${make.recipes.join(' ')}${make.succeeded ? '' : ' (failed)'}`,
    `  nx ran:    ${nx.recipes.join(' ')}${nx.succeeded ? '' : ' (failed)'}`,
    `  nx again:  ${again.recipes.join(' ')} (cached: ${again.hits.join(' ')})`,
    text,
  ].join('\n');
}
