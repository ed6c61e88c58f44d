import type { NamedEnvironment } from '../compose/index.ts';

/** How one piece of work ended. */
export type WorkOutcome =
  | { readonly kind: 'done'; readonly note?: string }
  /** It turned out to be there. */
  | { readonly kind: 'unchanged'; readonly note: string }
  /** `message` says who, what was found and the next step. */
  | { readonly kind: 'failed'; readonly message: string };

/** One thing that is missing on this machine, and how to bring it about. */
export interface SetupWork {
  /** `api: env/.env.dev from env/.env.example`. */
  readonly what: string;
  readonly perform: () => Promise<WorkOutcome>;
}

/** What a look at the machine found. `notes` are for people, whether or not there is anything to do. */
export type SetupFindings =
  | { readonly kind: 'work'; readonly work: readonly SetupWork[]; readonly notes?: readonly string[] }
  | { readonly kind: 'failed'; readonly message: string };

/** A step of the set-up. Looking changes nothing; a step whose work was done finds none the next time. */
export interface SetupStep {
  readonly id: string;
  readonly title: string;
  readonly look: () => Promise<SetupFindings>;
}

/** A project as the set-up needs to know it. */
export interface SetupProject {
  readonly name: string;
  /** Absolute. */
  readonly folder: string;
  /** Targets of its Makefile. */
  readonly makeTargets: readonly string[];
}

/** What is to be set up. */
export interface SetupPlatform {
  readonly workspaceRoot: string;
  readonly projects: readonly SetupProject[];
  /** The environments to bring up, at most one of each project. */
  readonly environments: readonly NamedEnvironment[];
  /** Make targets whose outputs go into images of the environments. */
  readonly builds: readonly { readonly project: SetupProject; readonly target: string }[];
  /** Where it is noted what was done that cannot be seen on the disk. */
  readonly recordFile: string;
}
