/** One lock to be had. Names are free: `compose:api-test`, `port:5433`, `container:postgres-test`. */
export interface LockWish {
  readonly name: string;
  /** Any number of shared holders at once, or one exclusive holder alone. */
  readonly mode: 'shared' | 'exclusive';
  /**
   * Shared with holders of the same group only: the users of one of two environments that want the same port. Holders
   * without a group are a group of their own.
   */
  readonly group?: string;
}

/** Who holds a lock, for messages. */
export interface LockHolder {
  /** What it is doing, as a person would name it: `nx test jobs`. Empty when it could not be asked. */
  readonly command: string;
  readonly pid: number;
  /** Milliseconds since the epoch. */
  readonly since: number;
}

/** All the locks that a piece of work needs; they are taken in one order by all, so that nobody deadlocks. */
export interface LockRequest {
  readonly locks: readonly LockWish[];
  /** What others are told while they wait for us. */
  readonly command: string;
  /** Gives up waiting. */
  readonly signal?: AbortSignal;
  /** Told when a lock has to be waited for, and again when its holder changes. */
  readonly onWait?: (name: string, holder: LockHolder) => void;
  /** Locks that a parent process holds count as held: where it says so. By default the environment of this process. */
  readonly environment?: Readonly<Record<string, string | undefined>>;
  /** Where the locks live; by default one place for all processes of this user. */
  readonly folder?: string;
}

/** Locks that are held until they are released, or this process ends, however it ends. */
export interface HeldLocks extends Disposable {
  /** To be added to the environment of programs started under the locks: they then do not wait for their own parent. */
  readonly environment: Readonly<Record<string, string>>;
  release(): void;
}
