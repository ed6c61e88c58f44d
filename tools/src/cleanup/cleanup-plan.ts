import type { NamedEnvironment } from '../compose/index.ts';

/** Something of the platform that can be removed from the engine. */
export interface CleanupItem {
  readonly kind: 'container' | 'network' | 'volume' | 'image';
  readonly id: string;
  readonly name: string;
  readonly project: string;
  readonly environment: string;
  readonly composeProject: string;
  /** Absent where it is not known. */
  readonly bytes?: number;
}

/** What stays, and why. */
export interface KeptItem extends CleanupItem {
  readonly why: string;
}

/** What would be removed, and what would not. */
export interface CleanupPlan {
  readonly remove: readonly CleanupItem[];
  readonly keep: readonly KeptItem[];
  /** Environments that are taken down first. */
  readonly takeDown: readonly NamedEnvironment[];
}

/** How far to go. */
export interface CleanupOptions {
  /** Take environments down that are up, and remove images that are in use of nobody then. */
  readonly all: boolean;
  /** Milliseconds: younger containers stay; older images go although they have a name. */
  readonly olderThan?: number | undefined;
}
