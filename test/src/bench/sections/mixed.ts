import { existsSync, readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import { mixedTasks, mixedWorkspace, stampFile } from '../fixtures/mixed.ts';
import { forget, makeWorkspace } from '../fixtures/place.ts';
import { interleave, time } from '../harness.ts';
import { measurement } from '../measurement.ts';
import { boundSchedule } from '../schedule-bound.ts';
import type { Section } from './section.ts';

/** Half make, half nx:run-commands, two at a time, against the best schedule for two workers. */
export const mixed: Section = async ({ place, quick, repetitions }) => {
  const tasks = quick ? mixedTasks(10, 0.8) : mixedTasks(24, 1.5);
  const bound = boundSchedule(tasks, 2);
  const workspace = makeWorkspace(place, 'mixed', mixedWorkspace(tasks));
  const stamps = path.join(workspace.folder, stampFile);
  const run = async (prefix: string): Promise<Record<string, number>> => {
    if (existsSync(stamps)) rmSync(stamps);
    const { milliseconds } = await time({
      file: 'nx',
      args: ['run-many', '-t', 'test', '--parallel=2', '--skip-nx-cache', '--output-style=static'],
      cwd: workspace.folder,
      environment: workspace.environment,
    });
    const span = spanOf(readFileSync(stamps, 'utf8'), tasks.length);
    return {
      [`${prefix} command`]: milliseconds / 1000 / bound.atLeast,
      [`${prefix} tasks`]: span / bound.atLeast,
    };
  };
  const samples = await interleave(
    {
      'mixed graph': async () => {
        forget(workspace);
        return { ...(await run('first')), ...(await run('later')) };
      },
    },
    repetitions,
  );
  const gap = bound.found / bound.atLeast - 1;
  const known =
    gap < 1e-9
      ? `the best schedule takes ${bound.atLeast.toFixed(2)} s, proven by a schedule that reaches the lower bound`
      : `no schedule is shorter than ${bound.atLeast.toFixed(2)} s; one of ${bound.found.toFixed(2)} s was found`;
  const title = `Mixed graph of ${tasks.length} tasks, two at a time`;
  return [
    measurement(title, {
      name: 'first run, first task to last, to the best schedule',
      unit: 'x',
      samples: samples('first tasks'),
      limit: 1.15,
      note: known,
    }),
    measurement(title, {
      name: 'later run, the same',
      unit: 'x',
      samples: samples('later tasks'),
      limit: 1.15,
      note: 'Nx knows how long each took the last time',
    }),
    measurement(title, {
      name: 'first run, whole command, nx itself included',
      unit: 'x',
      samples: samples('first command'),
      limit: 1.15,
    }),
    measurement(title, {
      name: 'later run, whole command',
      unit: 'x',
      samples: samples('later command'),
      limit: 1.15,
    }),
  ];
};

/** Seconds from the first start to the last end. @throws Error where a task did not leave both of its stamps. */
function spanOf(text: string, expected: number): number {
  const lines = text
    .trim()
    .split('\n')
    .map((line) => line.split(' '));
  const times = (what: string): number[] =>
    lines.filter((line) => line[1] === what).map((line) => Number(line[2]));
  const [starts, ends] = [times('start'), times('end')];
  if (starts.length !== expected || ends.length !== expected)
    throw new Error(`${expected} tasks should have run; ${starts.length} started and ${ends.length} ended.`);
  return Math.max(...ends) - Math.min(...starts);
}
