/** Tasks, what they wait for, and how to run one. */
export interface GraphRun<Result> {
  /** By task: the tasks that have to succeed first. Names that are not keys are done already. */
  readonly dependencies: Readonly<Record<string, readonly string[]>>;
  /** How many run at the same time. */
  readonly width: number;
  readonly run: (task: string) => Promise<Result>;
  /** What the end of a task means for the others: `stop` starts no further task. */
  readonly judge: (result: Result) => 'go-on' | 'skip-dependants' | 'stop';
}

/** What became of a task. */
export type TaskEnd<Result> =
  | { readonly kind: 'ran'; readonly task: string; readonly result: Result }
  /** It never started, because `because` did not succeed. */
  | { readonly kind: 'skipped'; readonly task: string; readonly because: string };

/** Runs tasks in an order that their dependencies allow, as many at a time as there is width. Each ends exactly once. */
export async function* runGraph<Result>(graph: GraphRun<Result>): AsyncGenerator<TaskEnd<Result>> {
  const waiting = new Map(
    Object.entries(graph.dependencies).map(([task, needs]) => [
      task,
      new Set(needs.filter((need) => need in graph.dependencies && need !== task)),
    ]),
  );
  const running = new Map<string, Promise<{ task: string; result: Result }>>();
  while (waiting.size > 0 || running.size > 0) {
    for (const [task, needs] of waiting) {
      if (running.size >= graph.width) break;
      if (needs.size > 0) continue;
      waiting.delete(task);
      running.set(
        task,
        graph.run(task).then((result) => ({ task, result })),
      );
    }
    if (running.size === 0)
      throw new Error(`These tasks wait for each other: ${[...waiting.keys()].join(', ')}.`);
    const { task, result } = await Promise.race(running.values());
    running.delete(task);
    const verdict = graph.judge(result);
    const skipped =
      verdict === 'go-on' ? [] : verdict === 'stop' ? [...waiting.keys()] : dependants(task, waiting);
    for (const needs of waiting.values()) needs.delete(task);
    for (const name of skipped) waiting.delete(name);
    yield { kind: 'ran', task, result };
    for (const name of skipped) yield { kind: 'skipped', task: name, because: task };
  }
}

function dependants(failed: string, waiting: ReadonlyMap<string, ReadonlySet<string>>): string[] {
  const found = new Set([failed]);
  for (const task of found) {
    for (const [name, needs] of waiting) if (needs.has(task)) found.add(name);
  }
  found.delete(failed);
  return [...found];
}
