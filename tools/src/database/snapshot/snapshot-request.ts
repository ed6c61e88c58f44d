import type { Database, DatabasePlace } from '../server/index.ts';

/** Who asks for something to be done with a snapshot. */
export interface SnapshotInvocation {
  /** What messages call the task: `api:db:snapshot`. */
  readonly task: string;
  readonly workspaceRoot: string;
  readonly signal?: AbortSignal;
  /** Gets single lines about what is done and found. */
  readonly report: (line: string) => void;
}

/** Where the snapshots of a service are. */
export type SnapshotPlace = Pick<Database, 'environment' | 'service'>;

/** How to call an action on the snapshots of a place, for messages. */
export function snapshotCommand(
  { environment, service }: Pick<DatabasePlace, 'environment' | 'service'>,
  action: string,
  more = '',
): string {
  return `nx db:snapshot ${environment.project} -c ${environment.name} --service=${service} --action=${action}${more}`;
}
