/** A task of a schedule: how long it takes and what must end before it starts. */
export interface ScheduledTask {
  readonly name: string;
  readonly duration: number;
  readonly after: readonly string[];
}

/** What is known of the shortest schedule. It is proven shortest where both are equal. */
export interface ScheduleBound {
  /** No schedule can be shorter: the longest chain, or all work shared out evenly, or the shares bound below. */
  readonly atLeast: number;
  /** The shortest schedule that was found. */
  readonly found: number;
}

/**
 * Bounds of the shortest schedule of tasks on a number of workers. Below: the critical path; the work divided by the
 * workers; and, for each task, what must come before it, itself and what must come after it, each part divided so.
 * Above: list scheduling, longest remaining chain first, then by random changes of that order, always with the same seed.
 */
export function boundSchedule(tasks: readonly ScheduledTask[], workers: number, tries = 3000): ScheduleBound {
  const tails = remaining(tasks);
  const atLeast = lowerBound(tasks, workers, tails);
  let best = tasks.toSorted((a, b) => (tails.get(b.name) ?? 0) - (tails.get(a.name) ?? 0));
  let found = listSchedule(best, workers);
  const random = seeded(1);
  for (let attempt = 0; attempt < tries && found > atLeast; attempt += 1) {
    const changed = [...best];
    for (let swap = 0; swap < 1 + (attempt % 4); swap += 1) {
      const [moved] = changed.splice(Math.floor(random() * changed.length), 1);
      if (moved !== undefined) changed.splice(Math.floor(random() * (changed.length + 1)), 0, moved);
    }
    const length = listSchedule(changed, workers);
    if (length <= found) [best, found] = [changed, length];
  }
  return { atLeast, found };
}

/** How long it takes when each free worker starts the first task of the list whose predecessors have ended. */
export function listSchedule(order: readonly ScheduledTask[], workers: number): number {
  const ends = new Map<string, number>();
  const free = Array.from({ length: workers }, () => 0);
  const waiting = [...order];
  let now = 0;
  while (waiting.length > 0) {
    const worker = free.findIndex((time) => time <= now);
    const next = waiting.findIndex(({ after }) => after.every((name) => (ends.get(name) ?? Infinity) <= now));
    const task = waiting[next];
    if (worker >= 0 && task !== undefined) {
      waiting.splice(next, 1);
      ends.set(task.name, now + task.duration);
      free[worker] = now + task.duration;
      continue;
    }
    const later = [...free, ...ends.values()].filter((time) => time > now);
    if (later.length === 0)
      throw new Error('The tasks wait for each other, or for one that is not in the list.');
    now = Math.min(...later);
  }
  return Math.max(0, ...ends.values());
}

function lowerBound(
  tasks: readonly ScheduledTask[],
  workers: number,
  tails: ReadonlyMap<string, number>,
): number {
  const byName = new Map(tasks.map((task) => [task.name, task]));
  const work = (names: Iterable<string>): number =>
    [...names].reduce((sum, name) => sum + (byName.get(name)?.duration ?? 0), 0);
  const before = new Map(tasks.map((task) => [task.name, reach(task, byName)]));
  const around = tasks.map((task) => {
    const following = tasks.filter((other) => before.get(other.name)?.has(task.name) === true);
    const preceding = before.get(task.name) ?? [];
    return work(preceding) / workers + task.duration + work(following.map(({ name }) => name)) / workers;
  });
  return Math.max(0, work(byName.keys()) / workers, ...tails.values(), ...around);
}

/** All that must end before a task starts. */
function reach(task: ScheduledTask, byName: ReadonlyMap<string, ScheduledTask>): Set<string> {
  const found = new Set<string>();
  const open = [...task.after];
  for (let name = open.pop(); name !== undefined; name = open.pop()) {
    if (found.has(name)) continue;
    found.add(name);
    open.push(...(byName.get(name)?.after ?? []));
  }
  return found;
}

/** For each task: itself and the longest chain of tasks that wait for it. */
function remaining(tasks: readonly ScheduledTask[]): ReadonlyMap<string, number> {
  const tails = new Map<string, number>();
  const tail = (task: ScheduledTask): number => {
    const known = tails.get(task.name);
    if (known !== undefined) return known;
    const following = tasks.filter(({ after }) => after.includes(task.name));
    const length = task.duration + Math.max(0, ...following.map(tail));
    tails.set(task.name, length);
    return length;
  };
  for (const task of tasks) tail(task);
  return tails;
}

/** Numbers from 0 to 1 that are the same in every run (mulberry32). */
export function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
