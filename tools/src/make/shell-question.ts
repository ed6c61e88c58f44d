/** A command that a Makefile asks the shell for while it is read: `$(shell ...)` or `!=`. */
export interface ShellQuestion {
  readonly command: string;
  /** The shell it is written for: `$(SHELL)`, `/bin/sh` unless the Makefile sets another. */
  readonly shell?: string;
  /** Absolute path of the folder that make runs in. */
  readonly folder: string;
  /** The environment the command would see. */
  readonly environment: Readonly<Record<string, string>>;
}

/** What the simulated shell found. Nothing was started to find it. */
export interface ShellAnswer {
  /** Standard output, as the command wrote it. */
  readonly output: string;
  readonly exitCode: number;
  /** False where the command, or a part of it, is not one that can be simulated: then `output` is what is known, often nothing, and `exitCode` 127. */
  readonly answered: boolean;
  /** Absolute paths of files read (or looked for) and of folders listed to find the answer. */
  readonly files: readonly string[];
  readonly folders: readonly string[];
}

/** Answers shell questions without starting a process, touching a file, or using the network. */
export type AnswerShell = (question: ShellQuestion) => Promise<ShellAnswer>;
