import path from 'node:path';
import { forget, makeWorkspace, type Workspace } from '../fixtures/place.ts';
import {
  moonNoOps,
  noOpFolders,
  noOpTargets,
  pluginNoOps,
  runCommandsNoOps,
  turboNoOps,
  type NoOpSize,
} from '../fixtures/no-op.ts';
import { interleave, time, timePool, type Command, type Variant } from '../harness.ts';
import { measurement, pairwise, type Measurement } from '../measurement.ts';
import { median } from '../statistics.ts';
import type { Section, SectionRequest } from './section.ts';

/** Hundreds of tasks that do nothing: what is left is what running a task costs. */
export const noOp: Section = async (request) => {
  const size = request.quick ? { projects: 10, targets: 5 } : { projects: 50, targets: 10 };
  const tasks = size.projects * size.targets;
  const { place, repetitions } = request;
  const ours = makeWorkspace(place, 'no-op-plugin', pluginNoOps(size));
  const batch = makeWorkspace(place, 'no-op-batch', pluginNoOps(size, { batch: true }));
  const byHand = makeWorkspace(place, 'no-op-run-commands', runCommandsNoOps(size));
  const moon = makeWorkspace(place, 'no-op-moon', moonNoOps(size));
  const samples = await interleave(
    {
      'bare make': async () => ({ bare: await timePool(bareMake(ours, size), 2) }),
      'bare make, xargs': async () => ({ xargs: await timeXargs(ours, size) }),
      switchyard: coldAndCached('ours', ours, nx(size)),
      'switchyard, batch': coldAndCached('batch', batch, nx(size)),
      'nx:run-commands': coldAndCached('by hand', byHand, nx(size)),
      moon: coldAndCached('moon', moon, moonRun(size)),
    },
    repetitions,
  );
  const oneByOne = await timePool(bareMake(ours, size), 1);
  const bare = pairwise(samples('bare'), samples('xargs'), Math.min);
  const title = `${tasks} tasks that do nothing, two at a time`;
  const over = (name: string): number[] =>
    pairwise(samples(name), bare, (own, plain) => (own - plain) / tasks);
  const lines: Measurement[] = [
    measurement(title, { name: 'bare make, one at a time', samples: [oneByOne] }),
    measurement(title, { name: 'bare make, two at a time, from Node', samples: samples('bare') }),
    measurement(title, { name: 'bare make, two at a time, by xargs', samples: samples('xargs') }),
  ];
  for (const [name, prefix] of Object.entries(shown)) {
    lines.push(measurement(title, { name: `${name}, cold`, samples: samples(`${prefix} cold`) }));
    lines.push(measurement(title, { name: `${name}, all cached`, samples: samples(`${prefix} cached`) }));
  }
  const middle = median(bare);
  const note = `${tasks} x 6 ms above bare make`;
  lines.push(
    measurement(title, {
      name: 'switchyard cold',
      samples: samples('ours cold'),
      limit: middle + tasks * 6,
      note,
    }),
    measurement(title, { name: 'switchyard cold - bare make, a task', samples: over('ours cold'), limit: 6 }),
    measurement(title, { name: 'batch cold - bare make, a task', samples: over('batch cold') }),
    measurement(title, { name: 'nx:run-commands cold - bare make, a task', samples: over('by hand cold') }),
    measurement(title, cachedShare('switchyard', samples('ours cached'), samples('by hand cached'), 1.1)),
    measurement(title, cachedShare('batch', samples('batch cached'), samples('by hand cached'))),
  );
  return [
    ...lines,
    ...(await withDaemon(title, ours, byHand, size, repetitions)),
    ...(await turbo(title, request, size)),
  ];
};

const shown = {
  switchyard: 'ours',
  'switchyard, batch: true': 'batch',
  'nx:run-commands by hand': 'by hand',
  moon: 'moon',
};

function cachedShare(name: string, own: readonly number[], byHand: readonly number[], limit?: number) {
  const samples = pairwise(own, byHand, (first, second) => first / second);
  const finding = { name: `${name} / nx:run-commands, all cached`, unit: 'x' as const, samples };
  return limit === undefined ? finding : { ...finding, limit };
}

function bareMake({ folder, environment }: Workspace, size: NoOpSize): Command[] {
  return noOpFolders(size).flatMap((project) =>
    noOpTargets(size).map((target) => ({
      file: 'make',
      args: [target],
      cwd: path.join(folder, project),
      environment,
    })),
  );
}

async function timeXargs({ folder, environment }: Workspace, size: NoOpSize): Promise<number> {
  const list = bareMake({ folder, home: '', environment }, size).flatMap(({ args, cwd }) => [
    '-C',
    cwd,
    ...args,
  ]);
  const script = 'printf "%s\\n" "$@" | xargs -n 3 -P 2 make -s';
  return (await time({ file: 'sh', args: ['-c', script, 'sh', ...list], cwd: folder, environment }))
    .milliseconds;
}

type Runner = (workspace: Workspace) => Command;

function nx(size: NoOpSize, more: Readonly<Record<string, string>> = {}): Runner {
  return ({ folder, environment }) => ({
    file: 'nx',
    args: ['run-many', '-t', ...noOpTargets(size), '--parallel=2', '--output-style=static'],
    cwd: folder,
    environment: { ...environment, ...more },
  });
}

function moonRun(size: NoOpSize): Runner {
  return ({ folder, environment }) => ({
    file: 'moon',
    args: ['run', ...noOpTargets(size).map((target) => `:${target}`), '--concurrency', '2'],
    cwd: folder,
    environment,
  });
}

/** The second cached run is measured: the first one still writes what it learnt. */
function coldAndCached(prefix: string, workspace: Workspace, runner: Runner): Variant {
  return async () => {
    forget(workspace);
    const cold = await time(runner(workspace));
    await time(runner(workspace));
    const cached = await time(runner(workspace));
    return { [`${prefix} cold`]: cold.milliseconds, [`${prefix} cached`]: cached.milliseconds };
  };
}

async function withDaemon(
  title: string,
  ours: Workspace,
  byHand: Workspace,
  size: NoOpSize,
  repetitions: number,
): Promise<Measurement[]> {
  const run = nx(size, { NX_DAEMON: 'true', CI: 'false' });
  const lines: Measurement[] = [];
  for (const [name, workspace] of Object.entries({ switchyard: ours, 'nx:run-commands by hand': byHand })) {
    const { environment, folder } = workspace;
    try {
      await time(run(workspace));
      await time(run(workspace));
      const samples: number[] = [];
      for (let repetition = 0; repetition < repetitions; repetition += 1)
        samples.push((await time(run(workspace))).milliseconds);
      lines.push(measurement(title, { name: `${name}, all cached, with the daemon`, samples }));
    } finally {
      await time({ file: 'nx', args: ['daemon', '--stop'], cwd: folder, environment });
    }
  }
  return lines;
}

/** turbo starts npm for every task: once is enough, and in a smaller workspace unless there is time. */
async function turbo(title: string, { place }: SectionRequest, size: NoOpSize): Promise<Measurement[]> {
  const tasks = size.projects * size.targets;
  const small = { projects: Math.ceil(size.projects / 10), targets: size.targets };
  const counted = small.projects * small.targets;
  const runner =
    (own: NoOpSize): Runner =>
    ({ folder, environment }) => ({
      file: 'turbo',
      args: ['run', ...noOpTargets(own), '--concurrency=2', '--output-logs=errors-only', '--ui=stream'],
      cwd: folder,
      environment,
    });
  const workspace = makeWorkspace(place, 'no-op-turbo', turboNoOps(small));
  const cold = (await time(runner(small)(workspace))).milliseconds;
  const cached = (await time(runner(small)(workspace))).milliseconds;
  const note = `once, ${counted} tasks, not ${tasks}`;
  return [
    measurement(title, {
      name: 'turbo, cold',
      samples: [(cold * tasks) / counted],
      note: `${note}: scaled up`,
    }),
    measurement(title, { name: 'turbo, all cached', samples: [cached], note }),
  ];
}
