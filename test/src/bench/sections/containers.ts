import path from 'node:path';
import { bringUp, findEngine, platformEnvironments, type NamedEnvironment } from '@switchyard/tools/compose';
import {
  apiComposeFile,
  containersWorkspace,
  containerTargets,
  type ContainersSize,
} from '../fixtures/containers.ts';
import { makeWorkspace, type Workspace } from '../fixtures/place.ts';
import { interleave, time, type Variant } from '../harness.ts';
import { measurement, pairwise, type Measurement } from '../measurement.ts';
import type { Section } from './section.ts';

/** What bringing an environment up, and a command in it, cost beyond what compose itself takes. */
export const containers: Section = async ({ place, quick, repetitions }) => {
  const found = await findEngine();
  if (found.kind !== 'found') {
    process.stdout.write(`containers: nothing is measured. ${found.message.replaceAll('\n', ' ')}\n`);
    return [];
  }
  const size = { composeProject: `bn-bench-${process.pid}`, tasks: quick ? 5 : 20 };
  const workspace = makeWorkspace(place, 'containers', containersWorkspace(size));
  const compose = composeIn(workspace, size);
  try {
    // Pulls the images, and has nx learn the workspace.
    await compose('up', '-d', '--wait');
    await nx(workspace, 'run-many', '-t', 'noop-1', 'check-1');
    const commands = await measureCommands(workspace, size, compose, repetitions);
    await compose('down', '-v', '-t', '0');
    return [...(await measureBringUp(workspace, compose, repetitions)), ...commands];
  } finally {
    await compose('down', '-v', '-t', '0');
  }
};

type Compose = (...args: string[]) => Promise<number>;

/** `docker compose` with the environment's file; gives the milliseconds that it took. */
function composeIn({ folder, environment }: Workspace, { composeProject }: ContainersSize): Compose {
  const file = path.join(folder, apiComposeFile);
  return async (...args) => {
    const command = ['compose', '-p', composeProject, '-f', file, ...args];
    return (await time({ file: 'docker', args: command, cwd: folder, environment })).milliseconds;
  };
}

async function nx({ folder, environment }: Workspace, ...args: string[]): Promise<number> {
  const common = ['--output-style=static', '--skip-nx-cache'];
  return (await time({ file: 'nx', args: [...args, ...common], cwd: folder, environment })).milliseconds;
}

async function measureBringUp(
  workspace: Workspace,
  compose: Compose,
  repetitions: number,
): Promise<Measurement[]> {
  const environment = apiEnvironment(workspace);
  let round = 0;
  const up = async (preparation: boolean): Promise<number> => {
    // Another PATH: the engine is looked for anew, as each process has to.
    const PATH = `${workspace.environment['PATH'] ?? ''}:/none/${round++}`;
    const started = performance.now();
    const outcome = await bringUp(
      environment,
      { preparation },
      {
        name: 'bench',
        environment: { ...workspace.environment, PATH },
        report: () => undefined,
        onOutput: () => undefined,
      },
    );
    if (outcome.kind !== 'ready') throw new Error(`It did not become ready: ${outcome.message}`);
    return performance.now() - started;
  };
  const samples = await interleave(
    {
      'docker compose up': fromDown(compose, async () => ({ bare: await compose('up', '-d', '--wait') })),
      bringUp: fromDown(compose, async () => ({ ours: await up(false), again: await up(true) })),
      'nx compose:up': fromDown(compose, async () => ({
        whole: await nx(workspace, 'compose:up', 'api', '--detach'),
      })),
      'nx noop': async () => ({ noop: await nx(workspace, 'run', 'api:noop-1') }),
    },
    repetitions,
  );
  const title = 'PostgreSQL, Redis and an application, from down to healthy';
  const over = pairwise(samples('ours'), samples('bare'), (own, plain) => own - plain);
  const overNx = pairwise(samples('whole'), samples('noop'), (own, start) => own - start);
  return [
    measurement(title, { name: 'docker compose up -d --wait', samples: samples('bare') }),
    measurement(title, { name: 'bringUp', samples: samples('ours') }),
    measurement(title, { name: 'bringUp - docker compose up', samples: over, limit: 300 }),
    measurement(title, { name: 'bringUp for a task, all of it up already', samples: samples('again') }),
    measurement(title, { name: 'nx compose:up api --detach', samples: samples('whole') }),
    measurement(title, { name: 'nx and a task that does nothing', samples: samples('noop') }),
    measurement(title, {
      name: 'nx compose:up - nx - docker compose up',
      samples: pairwise(overNx, samples('bare'), (own, plain) => own - plain),
      note: 'the process that nx starts for the executor is in it',
    }),
  ];
}

/** Measures with nothing up before, and leaves nothing up. */
function fromDown(compose: Compose, variant: Variant): Variant {
  return async () => {
    const found = await variant();
    await compose('down', '-v', '-t', '0');
    return found;
  };
}

/** The environment as the executors find it. */
function apiEnvironment({ folder }: Workspace): NamedEnvironment {
  const projects = [{ name: 'api', root: 'packages/api' }];
  const [environment] = platformEnvironments({ workspaceRoot: folder, projects });
  if (environment === undefined) throw new Error(`${folder}/packages/api has no compose environment.`);
  return environment;
}

/** Commands in an environment that is up: tasks of a batch against compose's own `exec`. */
async function measureCommands(
  workspace: Workspace,
  size: ContainersSize,
  compose: Compose,
  repetitions: number,
): Promise<Measurement[]> {
  const { tasks } = size;
  const all = (kind: 'check' | 'test' | 'noop'): Promise<number> =>
    nx(workspace, 'run-many', '-t', ...containerTargets(kind, size), '--parallel=1');
  const exec = async (): Promise<number> => {
    let total = 0;
    for (let task = 0; task < tasks; task += 1) total += await compose('exec', '-T', 'app', 'true');
    return total / tasks;
  };
  const samples = await interleave(
    {
      'docker compose exec': async () => ({ bare: await exec() }),
      'checks by nx': async () => ({ check: await all('check') }),
      'tests by nx': async () => ({ test: await all('test') }),
      'noops by nx': async () => ({ noop: await all('noop') }),
    },
    repetitions,
  );
  const title = `${tasks} commands in a running environment, one after the other`;
  const each = (name: string): number[] =>
    pairwise(samples(name), samples('noop'), (own, start) => (own - start) / tasks);
  const over = (name: string): number[] => pairwise(each(name), samples('bare'), (own, plain) => own - plain);
  const note = 'the whole nx command less one of as many nx:noop';
  return [
    measurement(title, { name: 'docker compose exec -T app true', samples: samples('bare') }),
    measurement(title, { name: 'a check in a batch', samples: each('check'), note }),
    measurement(title, {
      name: 'a test in a batch',
      samples: each('test'),
      note: 'has the environment for itself',
    }),
    measurement(title, { name: 'a check - docker compose exec', samples: over('check'), limit: 60 }),
    measurement(title, { name: 'a test - docker compose exec', samples: over('test'), limit: 60 }),
  ];
}
