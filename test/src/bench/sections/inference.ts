import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { makefilePaths, makefileWorkspace } from '../fixtures/makefiles.ts';
import { forget, makeWorkspace, type Workspace } from '../fixtures/place.ts';
import { interleave, time, timePool, type Command, type Timing } from '../harness.ts';
import { measurement, pairwise, type Measurement } from '../measurement.ts';
import type { Section, SectionRequest } from './section.ts';

/** Reading Makefiles against bare make, and Nx's own graph with the plugin against without. */
export const inference: Section = async (request) => {
  const counts = request.quick ? [10, 100] : [10, 100, 1000];
  const lines: Measurement[] = [];
  for (const count of counts) lines.push(...(await inferenceOf(count, request)));
  return lines;
};

async function inferenceOf(count: number, { place, repetitions }: SectionRequest): Promise<Measurement[]> {
  const title = `Inference of ${count} Makefiles`;
  const own = makeWorkspace(place, `inference-${count}`, makefileWorkspace(count, {}));
  const without = makeWorkspace(place, `inference-${count}-without`, makefileWorkspace(count, false));
  const list = path.join(place.folder, `makefiles-${count}.txt`);
  const byHand = makeWorkspace(place, `inference-${count}-by-hand`, makefileWorkspace(count, false));
  writeFileSync(list, makefilePaths(count).join('\n'));
  await probe(own, list, byHand.folder);
  const samples = await interleave(
    {
      'bare make': async () => ({ node: await timePool(bareMake(own, count), 2) }),
      'bare make, xargs': async () => ({ xargs: await timeXargs(own, count) }),
      'the plugin': async () => {
        forget(own);
        const loaded = await probe(own);
        const cold = await probe(own, list);
        const warm = await probe(own, list);
        return {
          'plugin cold': cold.milliseconds,
          'plugin warm': warm.milliseconds,
          'memory cold': cold.megabytes - loaded.megabytes,
          'memory warm': warm.megabytes - loaded.megabytes,
        };
      },
      'nx with the plugin': async () => await coldAndWarm('with', own, count),
      'nx with the same targets in project.json': async () => await coldAndWarm('by hand', byHand, count),
      'nx without': async () => await coldAndWarm('without', without, count),
    },
    repetitions,
  );
  const bare = pairwise(samples('node'), samples('xargs'), Math.min);
  const share = (first: string, second: readonly number[]): number[] =>
    pairwise(samples(first), second, (a, b) => a / b);
  return [
    measurement(title, { name: 'bare make -p -q, two at a time, from Node', samples: samples('node') }),
    measurement(title, { name: 'bare make -p -q, two at a time, by xargs', samples: samples('xargs') }),
    measurement(title, { name: 'createNodes, cold', samples: samples('plugin cold') }),
    measurement(title, { name: 'createNodes, warm', samples: samples('plugin warm') }),
    measurement(title, {
      name: 'createNodes, cold / bare make',
      unit: 'x',
      samples: share('plugin cold', bare),
      limit: 1.5,
      note: 'of the faster of the two',
    }),
    measurement(title, {
      name: 'memory over loading alone, cold',
      unit: 'MB',
      samples: samples('memory cold'),
      limit: 150,
    }),
    measurement(title, {
      name: 'memory over loading alone, warm',
      unit: 'MB',
      samples: samples('memory warm'),
      limit: 150,
    }),
    ...graphLines(title, samples),
    ...(await withDaemon(title, own, without, count, repetitions)),
  ];
}

function graphLines(title: string, samples: (name: string) => readonly number[]): Measurement[] {
  const lines: Measurement[] = [];
  for (const state of ['cold', 'warm']) {
    for (const plugin of ['without', 'with']) {
      const name = `nx show projects, ${plugin} the plugin, ${state}`;
      lines.push(measurement(title, { name, samples: samples(`${plugin} ${state}`) }));
      const graph = samples(`${plugin} ${state} graph`);
      lines.push(measurement(title, { name: `  of that the graph, by Nx's own clock`, samples: graph }));
    }
    const compare = (what: string): number[] =>
      pairwise(samples(`with ${what}`), samples(`without ${what}`), (a, b) => a / b);
    const name = `with the plugin / the same targets in project.json, ${state}, whole command`;
    const same = pairwise(samples(`with ${state}`), samples(`by hand ${state}`), (a, b) => a / b);
    lines.push(measurement(title, { name, unit: 'x', samples: same }));
    const limit = state === 'warm' ? { limit: 1.1 } : {};
    lines.push(
      measurement(title, {
        name: `with / without the plugin, ${state}, whole command`,
        unit: 'x',
        samples: compare(state),
        ...limit,
      }),
      measurement(title, {
        name: `with / without the plugin, ${state}, Nx's own clock`,
        unit: 'x',
        samples: compare(`${state} graph`),
        ...limit,
      }),
    );
  }
  return lines;
}

function bareMake({ folder, environment }: Workspace, count: number): Command[] {
  return makefilePaths(count).map((makefile) => ({
    file: 'make',
    args: ['-p', '-q'],
    cwd: path.join(folder, path.dirname(makefile)),
    environment,
    accepts: [0, 1],
  }));
}

async function timeXargs({ folder, environment }: Workspace, count: number): Promise<number> {
  const script = 'printf "%s\\n" "$@" | xargs -n 1 -P 2 make -p -q -C > /dev/null';
  const args = ['-c', script, 'sh', ...makefilePaths(count).map((makefile) => path.dirname(makefile))];
  // xargs says 123 where a make says that something is not up to date.
  return (await time({ file: 'sh', args, cwd: folder, environment, accepts: [0, 123] })).milliseconds;
}

/** What the probe found: the time of createNodes and the peak of memory. */
interface Probed {
  readonly milliseconds: number;
  readonly megabytes: number;
}

async function probe({ folder, environment }: Workspace, list?: string, written?: string): Promise<Probed> {
  const script = path.resolve(import.meta.dirname, '..', 'probes', 'create-nodes.ts');
  const args = [script, ...(list === undefined ? [] : [list]), ...(written === undefined ? [] : [written])];
  const { stdout } = await time({ file: process.execPath, args, cwd: folder, environment });
  const numbers = new Map(
    stdout
      .trim()
      .split('\n')
      .map((line) => fieldOf(line)),
  );
  if (list !== undefined && numbers.get('targets') === 0) throw new Error('The plugin found no targets.');
  return {
    milliseconds: numbers.get('milliseconds') ?? NaN,
    megabytes: (numbers.get('maxRSS') ?? NaN) / 1024,
  };
}

function fieldOf(line: string): readonly [string, number] {
  const [name = '', value = ''] = line.split(' ');
  return [name, Number(value)];
}

async function coldAndWarm(
  prefix: string,
  workspace: Workspace,
  count: number,
): Promise<Record<string, number>> {
  forget(workspace);
  const cold = await showProjects(workspace, count);
  const warm = await showProjects(workspace, count);
  return {
    [`${prefix} cold`]: cold.milliseconds,
    [`${prefix} cold graph`]: graphTime(cold),
    [`${prefix} warm`]: warm.milliseconds,
    [`${prefix} warm graph`]: graphTime(warm),
  };
}

async function showProjects(
  { folder, environment }: Workspace,
  count: number,
  more: Readonly<Record<string, string>> = {},
): Promise<Timing> {
  const timing = await time({
    file: 'nx',
    args: ['show', 'projects', '--sep', ' '],
    cwd: folder,
    environment: { ...environment, NX_PERF_LOGGING: 'true', ...more },
  });
  const found = timing.stdout.match(/\bpackage-\d+\b/g)?.length ?? 0;
  if (found < count)
    throw new Error(`nx shows ${found} projects of ${count}:\n${timing.stdout.slice(0, 2000)}`);
  return timing;
}

function graphTime({ stdout, stderr }: Timing): number {
  const found = /Time taken for 'createProjectGraphAsync' ([\d.]+)ms/.exec(`${stdout}\n${stderr}`)?.[1];
  if (found === undefined) throw new Error('Nx did not say how long its graph took (NX_PERF_LOGGING).');
  return Number(found);
}

async function withDaemon(
  title: string,
  own: Workspace,
  without: Workspace,
  count: number,
  repetitions: number,
): Promise<Measurement[]> {
  const lines: Measurement[] = [];
  for (const [name, workspace] of Object.entries({ without, with: own })) {
    const { folder, environment } = workspace;
    const daemon = { NX_DAEMON: 'true', CI: 'false', NX_PERF_LOGGING: 'false' };
    const samples: number[] = [];
    try {
      for (let round = 0; round <= repetitions; round += 1)
        samples.push((await showProjects(workspace, count, daemon)).milliseconds);
    } finally {
      await time({ file: 'nx', args: ['daemon', '--stop'], cwd: folder, environment });
    }
    // The first one started the daemon.
    const found = {
      name: `nx show projects, ${name} the plugin, with the daemon`,
      samples: samples.slice(1),
    };
    lines.push(measurement(title, found));
  }
  return lines;
}
