import type { LockWish } from '../../lock/index.ts';

/** One make target to run in a project's folder. */
export interface MakeTask {
  /** Absolute. */
  readonly folder: string;
  readonly target: string;
  /** The makefile's name, when it is not the one that make finds by itself. */
  readonly makefile?: string;
  /** Prerequisites that make takes as up to date (`make -o`), because they ran before. */
  readonly upToDate: readonly string[];
  /** Targets to run first, in order, each once per run however many tasks need it. */
  readonly preparations: readonly string[];
  /** Make variables, by name; values are literal. */
  readonly variables: Readonly<Record<string, string>>;
  /**
   * Held while the preparations and the recipe run. They are the same for all folders of the machine, but for those named
   * by a path (`./db`, `make:./gen`), which begins at the task's folder.
   */
  readonly locks?: readonly LockWish[];
  /** Milliseconds that the recipe may take; preparations and waiting do not count. */
  readonly timeout?: number;
  /** Shows what make would do, and does nothing. */
  readonly dryRun: boolean;
}

/** Who asks for a make task to run, and where its output goes. */
export interface MakeInvocation {
  /** What messages call the task: `api:test`. */
  readonly name: string;
  /** What others are told who wait for its locks: `nx test api`. By default, the name. */
  readonly command?: string;
  readonly environment?: Readonly<Record<string, string | undefined>>;
  /** Which run this is part of; by default, what the environment says. */
  readonly run?: string;
  readonly signal?: AbortSignal;
  /** Gets make's output; without it, make writes straight to our output. */
  readonly onOutput?: (chunk: Uint8Array, stream: 'stdout' | 'stderr') => void;
  /**
   * Called instead of a preparation, which is `work`: whatever has to be done around it. `work` gives its exit code, or
   * undefined when it was cut short.
   */
  readonly aroundPreparation?: (
    preparation: string,
    work: () => Promise<number | undefined>,
    invocation: MakeInvocation,
  ) => Promise<number | undefined>;
  /** Make gets our terminal, for targets that talk with a person. */
  readonly terminal?: boolean;
  /** Gets single lines about the progress, such as what is waited for. */
  readonly report: (line: string) => void;
}

/** How a make task ended. `code` is the exit code to end with; `message` is what to tell, where make itself has not. */
export type MakeOutcome =
  | { readonly kind: 'finished'; readonly code: number }
  | {
      readonly kind: 'preparation-failed';
      readonly preparation: string;
      readonly code: number;
      readonly message: string;
    }
  | { readonly kind: 'lock-refused'; readonly code: 1; readonly message: string }
  | { readonly kind: 'killed'; readonly signal: string; readonly code: number; readonly message: string }
  | { readonly kind: 'timed-out'; readonly code: 124; readonly message: string }
  | { readonly kind: 'stopped'; readonly code: 130; readonly message: string }
  | { readonly kind: 'missing-make'; readonly code: 127; readonly message: string };
