import type { Readable, Writable } from 'node:stream';

/** What to start, and what to keep of it. */
export interface ProgramRequest {
  /** A path, or a name looked up on the PATH of `environment`. */
  readonly file: string;
  readonly args: readonly string[];
  readonly cwd?: string;
  /** The whole environment when given; otherwise that of this process. */
  readonly environment?: Readonly<Record<string, string | undefined>>;
  /** Written to standard input; without it standard input is empty. */
  readonly input?: string;
  /**
   * Writes standard input, of any length, and ends it, as `pipeline(file, stdin)` does. A program that reads no further
   * is no failure here. When it fails by itself, the program is ended and `runProgram` rejects with that failure.
   */
  readonly inputFrom?: (stdin: Writable) => Promise<unknown>;
  /**
   * Reads standard output, of any length, as `pipeline(stdout, file)` does; nothing of it is captured, and the outcome
   * waits until all of it is read. When it fails, the program is ended and `runProgram` rejects with that failure.
   */
  readonly outputTo?: (stdout: Readable) => Promise<unknown>;
  /** Milliseconds after which the program and everything it started are ended. */
  readonly timeout?: number;
  /** Ends the program and everything it started. */
  readonly signal?: AbortSignal;
  /** Gets each chunk as it comes, as written: secrets are not hidden in it. */
  readonly onOutput?: (chunk: Uint8Array, stream: 'stdout' | 'stderr') => void;
  /** Bytes kept per stream, from its end; 64 MiB by default. `omitted` tells how many were left out. */
  readonly maxOutput?: number;
  /** The program gets our terminal: standard streams and Ctrl-C; nothing is captured. */
  readonly terminal?: boolean;
  /** Output goes straight to ours, nothing is captured, and the program still has a process group of its own. */
  readonly passThrough?: boolean;
  /** Values hidden besides those of variables that are named like secrets. */
  readonly secrets?: readonly string[];
}

/** What a program wrote (secrets hidden, invalid UTF-8 replaced) and how long it took. */
export interface ProgramOutput {
  readonly stdout: string;
  readonly stderr: string;
  readonly milliseconds: number;
  /** Bytes that were written but not kept, because of `maxOutput`. */
  readonly omitted: number;
}

/** How a program ended. Only `exited` says something about the program itself. */
export type ProgramOutcome =
  | ({ readonly kind: 'exited'; readonly code: number } & ProgramOutput)
  /** Ended by a signal that was not ours. */
  | ({ readonly kind: 'killed'; readonly signal: string } & ProgramOutput)
  | ({ readonly kind: 'timed-out'; readonly timeout: number } & ProgramOutput)
  /** Ended because the caller's signal was aborted, or because this process was told to stop. */
  | ({ readonly kind: 'stopped' } & ProgramOutput)
  | { readonly kind: 'missing'; readonly program: string };
