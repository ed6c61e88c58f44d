import { existsSync } from 'node:fs';
import { chmod, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

import { inject } from 'vitest';

import { fixtureEnvironment } from './environment.ts';
import { mustRun, runToEnd, startProgram } from './program.ts';
import type { ProgramEnd, RunningProgram } from './program.ts';
import { tasksIn } from './task-report.ts';
import type { TaskStatus } from './task-report.ts';
import { BARE_FILES, copyTemplate, installedTemplate } from './template.ts';
import type { NxVersion } from './template.ts';

/** Files by their path in the workspace. */
export type Files = Readonly<Record<string, string>>;

/** What a fixture is made of. */
export interface RigRequest {
  readonly files: Files;
  /** Nx as installed beforehand; `none` leaves that to the test. */
  readonly nx?: NxVersion | 'none';
  /** Variables beside those of every fixture. */
  readonly environment?: Readonly<Record<string, string>>;
}

/** A run of nx that ended. */
export interface NxOutcome extends ProgramEnd {
  readonly tasks: Record<string, TaskStatus>;
}

/** A workspace of someone else, in a temporary folder with a home of its own, under git. */
export interface Rig extends AsyncDisposable {
  readonly folder: string;
  readonly environment: Record<string, string>;
  /** Runs nx to its end. */
  nx(...args: string[]): Promise<NxOutcome>;
  /** Starts nx and gives it while it runs. */
  startNx(...args: string[]): Promise<RunningProgram>;
  /** Runs any program in the workspace; throws when it fails. */
  run(file: string, ...args: string[]): Promise<string>;
  write(files: Files): Promise<void>;
  read(path: string): Promise<string>;
  commit(message: string): Promise<void>;
  /** What recipes noted with `ran NAME` since the last call, in order. */
  ran(): Promise<string[]>;
  /** The same repository, committed state only, in another folder; home and notes are shared. */
  clone(): Promise<Rig>;
  /** A linked git worktree of the same repository, on a branch of its own. */
  worktree(branch: string): Promise<Rig>;
}

/** A command for recipes: notes its arguments outside the workspace, so that noting changes no input. */
const RAN = (log: string): string => `#!/bin/sh\nprintf '%s\\n' "$*" >> '${log}'\n`;

interface Place {
  readonly base: string;
  readonly folder: string;
  readonly environment: Record<string, string>;
}

async function writeFiles(folder: string, files: Files): Promise<void> {
  for (const [path, text] of Object.entries(files)) {
    await mkdir(dirname(join(folder, path)), { recursive: true });
    await writeFile(join(folder, path), text);
  }
}

function rigAt({ base, folder, environment }: Place, dispose: () => Promise<void>): Rig {
  const log = join(base, 'ran.log');
  const bin = join(folder, 'node_modules/.bin/nx');
  const nx = (args: readonly string[]): Parameters<typeof startProgram>[0] => ({
    file: existsSync(bin) ? bin : join(folder, 'nx'),
    args,
    cwd: folder,
    environment,
  });
  const run = async (file: string, ...args: string[]): Promise<string> =>
    await mustRun({ file, args, cwd: folder, environment });
  let clones = 0;
  return {
    folder,
    environment,
    run,
    async nx(...args) {
      const end = await runToEnd(nx(args));
      return { ...end, tasks: tasksIn(end.output) };
    },
    startNx: async (...args) => await startProgram(nx(args)),
    write: async (files) => {
      await writeFiles(folder, files);
    },
    read: async (path) => await readFile(join(folder, path), 'utf8'),
    async commit(message) {
      await run('git', 'add', '--all');
      await run('git', 'commit', '--quiet', '--allow-empty', '--message', message);
    },
    async ran() {
      const text = existsSync(log) ? await readFile(log, 'utf8') : '';
      await writeFile(log, '');
      return text.split('\n').filter((line) => line !== '');
    },
    async clone() {
      clones += 1;
      const target = join(base, `clone-${clones}`);
      await run('git', 'clone', '--quiet', folder, target);
      await run('cp', '-al', join(folder, 'node_modules'), join(target, 'node_modules'));
      return rigAt({ base, folder: target, environment }, async () => {
        await rm(target, { recursive: true, force: true });
      });
    },
    async worktree(branch) {
      const target = join(base, branch);
      await run('git', 'worktree', 'add', '--quiet', '-b', branch, target);
      await run('cp', '-al', join(folder, 'node_modules'), join(target, 'node_modules'));
      return rigAt({ base, folder: target, environment }, async () => {
        await run('git', 'worktree', 'remove', '--force', target);
      });
    },
    [Symbol.asyncDispose]: dispose,
  };
}

/** Makes a workspace with the given files, Nx and our packages from the test registry, and a first commit. */
export async function createRig(request: RigRequest): Promise<Rig> {
  const surroundings = inject('surroundings');
  const base = await mkdtemp(join(tmpdir(), 'switchyard-rig-'));
  const folder = join(base, 'workspace');
  const programs = join(base, 'bin');
  for (const name of ['workspace', 'bin', 'home']) await mkdir(join(base, name));
  await writeFile(join(programs, 'ran'), RAN(join(base, 'ran.log')));
  await chmod(join(programs, 'ran'), 0o755);
  const environment = {
    ...fixtureEnvironment({ ...surroundings, home: join(base, 'home'), programs: [programs] }),
    ...request.environment,
  };
  const nx = request.nx ?? '23.3.1';
  if (nx === 'none') await writeFiles(folder, { '.gitignore': BARE_FILES['.gitignore'] });
  else await copyTemplate(await installedTemplate(surroundings, nx), folder);
  await writeFiles(folder, request.files);
  const rig = rigAt({ base, folder, environment }, async () => {
    await rm(base, { recursive: true, force: true, maxRetries: 3 });
  });
  await rig.run('git', 'init', '--quiet', '--initial-branch=main');
  await rig.commit('Start');
  return rig;
}
