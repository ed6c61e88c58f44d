import { runMakeTask } from '../make/run/index.ts';
import { runProgram } from '../process/index.ts';
import { folderFingerprint, SetupRecord } from './setup-record.ts';
import type { SetupPlatform, SetupProject, SetupStep, SetupWork, WorkOutcome } from './setup-step.ts';

/** Where the output of make goes, and what stops it. */
export interface MakeWork {
  readonly onOutput: (chunk: Uint8Array) => void;
  readonly signal?: AbortSignal;
}

/** Runs `make setup` in the projects that have it, where it was not done since their dependencies changed. */
export function projectSetupStep({ projects, recordFile }: SetupPlatform, work: MakeWork): SetupStep {
  const record = new SetupRecord(recordFile);
  return {
    id: 'projects',
    title: 'Projects',
    look: () =>
      Promise.resolve({
        kind: 'work',
        work: projects
          .filter((project) => project.makeTargets.includes('setup'))
          .filter(({ name, folder }) => !record.has(`${name}:setup`, folderFingerprint(folder)))
          .map((project) => makeWork(project, 'setup', work, record)),
      }),
  };
}

/** Makes what images copy: an engine that builds without it fails, or takes an old one. */
export function buildStep({ builds }: SetupPlatform, work: MakeWork): SetupStep {
  return {
    id: 'builds',
    title: 'Builds',
    look: async () => {
      const needed = await Promise.all(
        builds.map(async ({ project, target }) => {
          const asked = await runProgram({ file: 'make', args: ['--question', target], cwd: project.folder });
          const isMade = asked.kind === 'exited' && asked.code === 0;
          return isMade ? [] : [makeWork(project, target, work)];
        }),
      );
      return { kind: 'work', work: needed.flat() };
    },
  };
}

/** One-shot services that bring the database up to date before the application starts. */
const migrating = /migrat|flyway|liquibase|alembic|dbmate/i;

/** Names of the targets that bring a database up to date, the most particular first. */
const migrations = ['migrate', 'db-migrate', 'migrate-up', 'db-upgrade', 'migrations'];

/**
 * Applies the migrations of the projects that have a target for it, where no one-shot of the environment has done so:
 * doing it twice is no harm.
 */
export function migrationStep({ projects, environments }: SetupPlatform, work: MakeWork): SetupStep {
  const running = new Set(
    environments
      .filter(({ services }) => !services.some(({ name, oneShot }) => oneShot && migrating.test(name)))
      .map(({ project }) => project),
  );
  return {
    id: 'migrations',
    title: 'Migrations',
    look: () =>
      Promise.resolve({
        kind: 'work',
        work: projects
          .filter(({ name }) => running.has(name))
          .flatMap((project) => {
            const target = migrations.find((name) => project.makeTargets.includes(name));
            return target === undefined ? [] : [makeWork(project, target, work)];
          }),
      }),
  };
}

/** One make target as a piece of work; noted in the record when it is given. */
export function makeWork(
  project: SetupProject,
  target: string,
  { onOutput, signal }: MakeWork,
  record?: SetupRecord,
): SetupWork {
  const task = {
    folder: project.folder,
    target,
    upToDate: [],
    preparations: [],
    variables: {},
    dryRun: false,
  };
  return {
    what: `${project.name}: make ${target}`,
    perform: async (): Promise<WorkOutcome> => {
      const lines: string[] = [];
      const outcome = await runMakeTask(task, {
        name: `${project.name}:${target}`,
        onOutput,
        report: (line) => lines.push(line),
        ...(signal === undefined ? {} : { signal }),
      });
      if (outcome.code !== 0) {
        const why = outcome.kind === 'finished' ? `it ended with ${outcome.code}` : outcome.message;
        return {
          kind: 'failed',
          message:
            `\`make ${target}\` in ${project.name} failed: ${why}. Its output is above.\n` +
            `By itself it is \`nx ${target} ${project.name}\`. When it works, run the set-up again: it goes on from here.`,
        };
      }
      record?.add(`${project.name}:${target}`, folderFingerprint(project.folder));
      return { kind: 'done' };
    },
  };
}
