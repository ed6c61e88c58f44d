/** A container engine that answers, and the compose that goes with it. */
export interface Engine {
  readonly kind: 'docker' | 'podman';
  /** The program: `docker`, `podman`. */
  readonly program: string;
  readonly version: string;
  readonly compose: Compose;
}

/** An implementation of Compose. What it is called with: `docker compose`, `docker-compose`. */
export interface Compose {
  readonly kind: 'v2' | 'v1' | 'podman-compose';
  readonly command: readonly [string, ...string[]];
  readonly version: string;
}

/** Whether there is an engine to work with; `message` says who, what was found and the next step. */
export type EngineOutcome =
  | { readonly kind: 'found'; readonly engine: Engine }
  | {
      readonly kind: 'no-engine' | 'engine-down' | 'permission-denied' | 'no-compose';
      readonly message: string;
    };
