import { COMMAND_LOOKUP, HASH_LOOKUP, ownCommands, TYPE_LOOKUP } from './commands/index.ts';
import { findPrograms } from './find-program.ts';
import type { OwnCommandContext } from './own-command.ts';

/** What a command prints and how it ends. */
export interface CommandRun {
  readonly output: string;
  readonly error: string;
  readonly exitCode: number;
}

const SHELL_WORDS = new Set([COMMAND_LOOKUP, HASH_LOOKUP, TYPE_LOOKUP]);

/** Answers one of our own commands; the evidence is told where only the real program could. */
export function runOwnCommand(name: string, args: readonly string[], context: OwnCommandContext): CommandRun {
  const command = ownCommands.get(name);
  const installed = SHELL_WORDS.has(name) || findPrograms(name, context).length > 0;
  // A program that this machine lacks fails for a real shell too.
  if (!command || !installed) return { output: '', error: `sh: 1: ${name}: not found\n`, exitCode: 127 };
  const said = command(args, context);
  if (said.kind === 'answer') return said;
  context.files.evidence.doubt([name, ...args].join(' '));
  return { output: '', error: `${name}: not simulated\n`, exitCode: 127 };
}
