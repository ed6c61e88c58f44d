import { describe, expect, it } from 'vitest';
import { boundSchedule, listSchedule, seeded, type ScheduledTask } from './schedule-bound.ts';

function task(name: string, duration: number, ...after: string[]): ScheduledTask {
  return { name, duration, after };
}

describe('boundSchedule', () => {
  it('shares independent work out evenly', () => {
    const tasks = [task('a', 3), task('b', 2), task('c', 1)];
    expect(boundSchedule(tasks, 2)).toEqual({ atLeast: 3, found: 3 });
  });

  it('cannot be shorter than the longest chain', () => {
    const tasks = [task('a', 4), task('b', 4, 'a'), task('c', 1)];
    expect(boundSchedule(tasks, 2)).toEqual({ atLeast: 8, found: 8 });
  });

  it('counts what must come before and after a bottleneck', () => {
    const tasks = [
      ...[task('a', 1), task('b', 1), task('c', 1), task('d', 1)],
      task('bottleneck', 2, 'a', 'b', 'c', 'd'),
      ...[task('e', 1, 'bottleneck'), task('f', 1, 'bottleneck')],
    ];
    expect(boundSchedule(tasks, 2)).toEqual({ atLeast: 5, found: 5 });
  });

  it('finds the split that longest-first misses', () => {
    const tasks = [task('a', 3), task('b', 3), task('c', 2), task('d', 2), task('e', 2)];
    expect(listSchedule(tasks, 2)).toBe(7);
    expect(boundSchedule(tasks, 2)).toEqual({ atLeast: 6, found: 6 });
  });

  it('never claims a bound above the best schedule of small graphs, found by trying every order', () => {
    for (let seed = 1; seed <= 60; seed += 1) {
      const random = seeded(seed);
      const tasks = Array.from({ length: 6 }, (_, index) => {
        const after = Array.from({ length: index }, (_other, other) => `t${other}`).filter(
          () => random() < 0.3,
        );
        return task(`t${index}`, 1 + Math.floor(random() * 9), ...after);
      });
      const best = Math.min(...orders(tasks).map((order) => listSchedule(order, 2)));
      const { atLeast, found } = boundSchedule(tasks, 2);
      expect(atLeast, `seed ${seed}`).toBeLessThanOrEqual(best);
      expect(found, `seed ${seed}`).toBe(best);
    }
  });

  it('has nothing to do where there are no tasks', () => {
    expect(boundSchedule([], 2)).toEqual({ atLeast: 0, found: 0 });
  });
});

describe('listSchedule', () => {
  it('says so where tasks wait for each other', () => {
    expect(() => listSchedule([task('a', 1, 'b'), task('b', 1, 'a')], 2)).toThrow('wait for each other');
  });
});

function orders(tasks: readonly ScheduledTask[]): ScheduledTask[][] {
  if (tasks.length === 0) return [[]];
  return tasks.flatMap((first) =>
    orders(tasks.filter((other) => other !== first)).map((rest) => [first, ...rest]),
  );
}
