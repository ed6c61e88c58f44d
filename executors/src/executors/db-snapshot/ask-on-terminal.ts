import { createInterface } from 'node:readline/promises';

/** Asks a question that is answered with yes or no. Throws where nobody can be asked. */
export async function askOnTerminal(task: string, question: string): Promise<boolean> {
  if (!process.stdin.isTTY)
    throw new Error(
      `${task}: this replaces data, and there is no terminal to ask on. Nothing was changed.\n${question.replace(/\n[^\n]*\?$/, '')}\nAdd --yes to do it, or --dryRun to see only what it would do.`,
    );
  const terminal = createInterface({ input: process.stdin, output: process.stderr });
  try {
    return /^y(?:es)?$/i.test((await terminal.question(`${question} [y/N] `)).trim());
  } finally {
    terminal.close();
  }
}
