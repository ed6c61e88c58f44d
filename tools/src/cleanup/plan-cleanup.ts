import type { NamedEnvironment } from '../compose/index.ts';
import type { CleanupItem, CleanupOptions, CleanupPlan, KeptItem } from './cleanup-plan.ts';
import type { Belonging, Inventory } from './inventory.ts';

/** Milliseconds: a container that was made just now and does not run may be about to be started. */
const freshTime = 60_000;

/** Decides what goes. Nothing goes that a container uses which stays, whosever it is; nothing of another checkout. */
export function planCleanup(
  environments: readonly NamedEnvironment[],
  inventory: Inventory,
  options: CleanupOptions,
  now = Date.now(),
): CleanupPlan {
  const { all, olderThan } = options;
  const remove: CleanupItem[] = [];
  const keep: KeptItem[] = [];
  const put = (item: CleanupItem, why: string | undefined): void => {
    if (why === undefined) remove.push(item);
    else keep.push({ ...item, why });
  };
  const running = new Set(
    inventory.containers.filter(({ state }) => isActive(state)).map(({ composeProject }) => composeProject),
  );
  const staying = new Set<string>();
  const going = new Set<string>();
  for (const container of inventory.containers) {
    const { id, composeProject, state, oneOff, environment } = container;
    const since = now - Math.max(container.createdAt, container.startedAt);
    const why = all
      ? undefined
      : isActive(state)
        ? `${state}, goes with --all`
        : running.has(composeProject) && !oneOff
          ? `${composeProject} is up`
          : since < freshTime && state === 'created'
            ? 'was made just now'
            : olderThan !== undefined && since < olderThan
              ? 'is younger'
              : undefined;
    if (why === undefined) going.add(id);
    else staying.add(composeProject);
    put(toItem('container', container, environment), why);
  }
  const find = (composeProject: string): NamedEnvironment | undefined =>
    environments.find((environment) => environment.composeProject === composeProject);
  /** Why something stays that is not a container. */
  const hold = ({ composeProject, users }: Belonging): string | undefined => {
    if (inventory.shared.has(composeProject)) return `another checkout uses ${composeProject} too`;
    if (users.some((user) => !going.has(user))) return 'a container uses it';
    return undefined;
  };
  for (const kind of ['network', 'volume'] as const)
    for (const belonging of inventory[`${kind}s`]) {
      const environment = find(belonging.composeProject);
      if (environment === undefined) continue;
      const isUp = staying.has(belonging.composeProject)
        ? `${belonging.composeProject} has containers`
        : undefined;
      // Another checkout, or an older file, may have had the same name for its compose project.
      const isUnknown =
        kind === 'volume' && !environment.volumes.includes(belonging.key ?? '')
          ? 'no compose file here has it'
          : undefined;
      put(toItem(kind, belonging, environment), isUnknown ?? hold(belonging) ?? isUp);
    }
  for (const image of inventory.images) {
    const environment = find(image.composeProject);
    if (environment === undefined) continue;
    const isOld = olderThan !== undefined && now - image.createdAt > olderThan;
    const inUse =
      image.hasName && !all && !isOld ? 'the newest build goes with --all or --older-than' : undefined;
    put(toItem('image', image, environment), hold(image) ?? inUse);
  }
  const takeDown = all
    ? environments.filter(({ composeProject }) =>
        inventory.containers.some((own) => own.composeProject === composeProject),
      )
    : [];
  // What is shared with another checkout is never taken down as a whole.
  return {
    remove,
    keep,
    takeDown: takeDown.filter(({ composeProject }) => !inventory.shared.has(composeProject)),
  };
}

function isActive(state: string): boolean {
  return state === 'running' || state === 'paused' || state === 'restarting' || state === 'removing';
}

function toItem(
  kind: CleanupItem['kind'],
  { id, name, composeProject, bytes }: Pick<Belonging, 'id' | 'name' | 'composeProject' | 'bytes'>,
  environment: NamedEnvironment,
): CleanupItem {
  return {
    kind,
    id,
    name,
    project: environment.project,
    environment: environment.name,
    composeProject,
    ...(bytes === undefined ? {} : { bytes }),
  };
}
