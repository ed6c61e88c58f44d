import path from 'node:path';
import { forget, makeWorkspace } from '../fixtures/place.ts';
import { verifyWorkspace } from '../fixtures/verify.ts';
import { interleave, time, type Variant } from '../harness.ts';
import { measurement, pairwise } from '../measurement.ts';
import type { Section } from './section.ts';

/** `verify: lint type-check test` as tasks of the graph against plain make. */
export const verify: Section = async ({ place, quick, repetitions }) => {
  const parts = quick ? { lint: 1, typeCheck: 1, test: 2 } : { lint: 2, typeCheck: 3, test: 4 };
  const workspace = makeWorkspace(place, 'verify', verifyWorkspace(parts));
  const { environment } = workspace;
  const make =
    (name: string, ...args: string[]): Variant =>
    async () => {
      const cwd = path.join(workspace.folder, 'packages', 'service');
      return {
        [name]: (await time({ file: 'make', args: [...args, 'verify'], cwd, environment })).milliseconds,
      };
    };
  const nx = async (): Promise<number> => {
    const args = ['run', 'service:verify', '--parallel=2', '--output-style=static'];
    return (await time({ file: 'nx', args, cwd: workspace.folder, environment })).milliseconds;
  };
  const samples = await interleave(
    {
      'make verify': make('make'),
      'make -j2 verify': make('make -j2', '-j2'),
      'nx verify': async () => {
        forget(workspace);
        return { nx: await nx(), cached: await nx() };
      },
    },
    repetitions,
  );
  const title = `verify in parts of ${Object.values(parts).join(', ')} s`;
  const share = (name: string): number[] =>
    pairwise(samples(name), samples('make'), (own, plain) => own / plain);
  return [
    measurement(title, { name: 'make verify', samples: samples('make') }),
    measurement(title, { name: 'make -j2 verify', samples: samples('make -j2') }),
    measurement(title, { name: 'nx verify, nothing cached', samples: samples('nx') }),
    measurement(title, { name: 'nx verify, all cached', samples: samples('cached') }),
    measurement(title, { name: 'nothing cached / make verify', unit: 'x', samples: share('nx'), limit: 1 }),
    measurement(title, { name: 'all cached / make verify', unit: 'x', samples: share('cached'), limit: 0.5 }),
  ];
};
