import type { NamedEnvironment } from '../environment.ts';
import type { EngineContainer } from '../engine/index.ts';

/** Who asks for something to be done with an environment, and where its output goes. */
export interface ComposeInvocation {
  /** What messages call the task: `api:compose:up`. */
  readonly name: string;
  readonly environment?: Readonly<Record<string, string | undefined>>;
  /** The nx run that this is part of: what it brings up as a preparation may be taken down at its end. */
  readonly run?: string;
  readonly signal?: AbortSignal;
  /** The environments of the platform, so that messages can say how to stop one that is in the way. */
  readonly platform?: readonly Pick<NamedEnvironment, 'project' | 'name' | 'composeProject'>[];
  /** Gets the output of compose and of commands; without it they write straight to our output. */
  readonly onOutput?: (chunk: Uint8Array, stream: 'stdout' | 'stderr') => void;
  /** Gets single lines about the progress. */
  readonly report: (line: string) => void;
}

/** How one service of an environment is. */
export interface ServiceState {
  readonly service: string;
  /** `completed`: a one-shot that ended with 0. `absent`: it has no container. */
  readonly readiness: 'ready' | 'starting' | 'unhealthy' | 'failed' | 'completed' | 'stopped' | 'absent';
  readonly containers: readonly EngineContainer[];
}

/** Why something could not be done; `message` says who, what, what was found and the next step. */
export interface ComposeFailure {
  readonly kind: 'failed';
  readonly reason:
    | 'engine'
    | 'invalid-file'
    | 'env-file-missing'
    | 'image-missing'
    | 'build-failed'
    | 'port-taken'
    | 'name-taken'
    | 'network-missing'
    | 'unhealthy'
    | 'timed-out'
    | 'unsupported'
    | 'no-service'
    | 'other';
  /** The exit code to end with. */
  readonly code: number;
  /** The compose project that has the port or the name. */
  readonly inTheWay?: string;
  readonly message: string;
}

export interface ComposeStopped {
  readonly kind: 'stopped';
  readonly code: 130;
  readonly message: string;
}

/** How bringing an environment up ended. */
export type UpOutcome =
  | {
      readonly kind: 'ready';
      readonly services: readonly ServiceState[];
      readonly milliseconds: number;
      /** False when all of it was up before. */
      readonly changed: boolean;
      /** True when any of it ran before: then it is somebody's already. */
      readonly wasUp: boolean;
    }
  | ComposeFailure
  | ComposeStopped;

/** How anything else ended. `code` is 0 or that of the command. */
export type ComposeOutcome =
  { readonly kind: 'done'; readonly code: number } | ComposeFailure | ComposeStopped;

/** What is kept when an environment is taken down, and who keeps it up. */
export type EnvironmentInUse = Pick<
  NamedEnvironment,
  'composeProject' | 'folder' | 'files' | 'envFiles' | 'variables'
>;
