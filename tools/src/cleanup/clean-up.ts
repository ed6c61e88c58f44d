import { takeDown, type ComposeInvocation, type Engine, type NamedEnvironment } from '../compose/index.ts';
import { acquireLocks, waitingMessage } from '../lock/index.ts';
import { askEngine } from '../platform/index.ts';
import type { CleanupItem, CleanupOptions, CleanupPlan, KeptItem } from './cleanup-plan.ts';
import { takeInventory } from './inventory.ts';
import { planCleanup } from './plan-cleanup.ts';

/** What was removed, and what could not be. */
export interface CleanupOutcome {
  readonly removed: readonly CleanupItem[];
  readonly failed: readonly KeptItem[];
}

/** What would go. Throws when the engine fails. */
export async function findCleanup(
  engine: Engine,
  environments: readonly NamedEnvironment[],
  options: CleanupOptions,
): Promise<CleanupPlan> {
  return planCleanup(environments, await takeInventory(engine, environments), options);
}

/**
 * Removes what was planned and still may go: others may have brought something up since. Nobody brings it up meanwhile:
 * the locks of the environments are held. Undefined when waiting for them was given up.
 */
export async function cleanUp(
  engine: Engine,
  environments: readonly NamedEnvironment[],
  options: CleanupOptions,
  plan: CleanupPlan,
  invocation: ComposeInvocation,
): Promise<CleanupOutcome | undefined> {
  const names = new Set(plan.remove.map(({ composeProject }) => composeProject));
  using locks = await acquireLocks({
    locks: [...names].map((name) => ({ name: `compose:${name}`, mode: 'exclusive' })),
    command: invocation.name,
    ...(invocation.signal === undefined ? {} : { signal: invocation.signal }),
    onWait: (name, holder) => {
      invocation.report(waitingMessage(name, holder));
    },
  });
  if (locks === undefined) return undefined;
  const now = await findCleanup(engine, environments, options);
  const still = new Set(now.remove.map(keyOf));
  const kept = new Map(now.keep.map((item) => [keyOf(item), item]));
  const variables = { ...(invocation.environment ?? process.env), ...locks.environment };
  for (const environment of now.takeDown.filter(({ composeProject }) => names.has(composeProject))) {
    const outcome = await takeDown(environment, {}, { ...invocation, environment: variables });
    if (outcome.kind !== 'done') invocation.report(outcome.message);
  }
  const removed: CleanupItem[] = [];
  const failed: KeptItem[] = [];
  const withVolumes = plan.remove.some(({ kind }) => kind === 'volume');
  for (const item of inOrder(plan.remove)) {
    const key = keyOf(item);
    const why = still.has(key) ? await remove(engine, item, withVolumes) : kept.get(key)?.why;
    if (why !== undefined) failed.push({ ...item, why });
    // What somebody else removed meanwhile is not counted.
    else if (still.has(key)) removed.push(item);
  }
  return { removed, failed };
}

const order: readonly CleanupItem['kind'][] = ['container', 'network', 'volume', 'image'];

/** What is used goes after what uses it. */
function inOrder(items: readonly CleanupItem[]): readonly CleanupItem[] {
  return [...items].sort((one, other) => order.indexOf(one.kind) - order.indexOf(other.kind));
}

function keyOf({ kind, id, name }: CleanupItem): string {
  return `${kind} ${id} ${name}`;
}

/** Never by force: the engine itself then refuses what is in use. Undefined when it is gone, else why not. */
async function remove(
  engine: Engine,
  { kind, id, name }: CleanupItem,
  withVolumes: boolean,
): Promise<string | undefined> {
  const target = kind === 'image' && name.includes(':') ? name : id;
  // Volumes without a name could not be found any more without their container.
  const flags = kind === 'container' && withVolumes ? ['--volumes'] : [];
  const answer = await askEngine(engine, [kind, 'rm', ...flags, target], { timeout: 120_000 });
  if (answer.kind === 'answered' || /no such|not found/i.test(answer.message)) return undefined;
  return answer.message.split('\n').at(-1) ?? '';
}
