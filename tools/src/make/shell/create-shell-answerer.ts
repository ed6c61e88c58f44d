import { resolve } from 'node:path';
import { Evidence } from './evidence.ts';
import { hostMachine } from './machine.ts';
import { readPlainCommands } from './plain-command.ts';
import { runOwnCommand } from './run-own-command.ts';
import { VisibleFiles } from './visible-files.ts';
import { visibleTop } from './visible-top.ts';
import type { AnswerShell, ShellAnswer, ShellQuestion } from '../shell-question.ts';
import type { Machine } from './machine.ts';
import type { PlainCommand } from './plain-command.ts';
import type { SimulatedRun, SimulatedShell } from './simulated-shell.ts';

/** What the shell's answers may draw on. */
export interface ShellAnswererOptions {
  /** Absolute path of the workspace. Beside it, only the repository that holds the question's folder can be seen. */
  readonly root: string;
  /** What differs from the machine that this process runs on. */
  readonly machine?: Partial<Machine>;
}

/**
 * Answers the shell calls of one Makefile without starting anything.
 * Make one for each reading: what a command writes is kept in memory, and the next question sees it.
 * Questions are answered one after another.
 */
export function createShellAnswerer(options: ShellAnswererOptions): AnswerShell {
  let known: Machine | undefined;
  const machine = (): Machine => (known ??= hostMachine(options.machine));
  const shells = new Map<string, Promise<SimulatedShell>>();
  let last: Promise<unknown> = Promise.resolve();

  const simulate = async (
    question: ShellQuestion,
    top: string,
    files: VisibleFiles,
  ): Promise<SimulatedRun> => {
    const shell = shells.get(top) ?? startShell(top, machine(), files);
    shells.set(top, shell);
    return (await shell)(question, files);
  };
  const answerNext = async (question: ShellQuestion): Promise<ShellAnswer> => {
    const top = visibleTop(resolve(options.root), resolve(question.folder));
    const evidence = new Evidence(top);
    const files = new VisibleFiles([top], evidence);
    const plain = readPlainCommands(question.command);
    const run = plain ? runPlain(plain, question, machine(), files) : await simulate(question, top, files);
    if (run.stopped) evidence.doubt('a limit was reached');
    return {
      output: run.stopped ? '' : run.output,
      exitCode: run.stopped ? 127 : run.exitCode,
      answered: evidence.doubts.length === 0,
      files: evidence.files,
      folders: evidence.folders,
    };
  };
  return (question) => {
    const next = last.then(() => answerNext(question));
    last = next.catch(() => undefined);
    return next;
  };
}

/** The engine is loaded when the first question needs it. */
async function startShell(top: string, machine: Machine, files: VisibleFiles): Promise<SimulatedShell> {
  const { createSimulatedShell } = await import('./simulated-shell.ts');
  return createSimulatedShell(top, machine, files);
}

/** The commands of a `||` list, in order until one succeeds. */
function runPlain(
  commands: readonly PlainCommand[],
  question: ShellQuestion,
  machine: Machine,
  files: VisibleFiles,
): SimulatedRun {
  let output = '';
  let exitCode = 0;
  for (const { name, args } of commands) {
    const context = { folder: question.folder, environment: question.environment, machine, files };
    const said = shellWord(name, args, question.folder) ?? runOwnCommand(name, args, context);
    output += said.output;
    exitCode = said.exitCode;
    if (exitCode === 0) break;
  }
  return { output, exitCode, stopped: false };
}

function shellWord(
  name: string,
  args: readonly string[],
  folder: string,
): { readonly output: string; readonly exitCode: number } | undefined {
  if (name === 'echo') return { output: `${args.join(' ')}\n`, exitCode: 0 };
  if (name === 'pwd') return { output: `${folder}\n`, exitCode: 0 };
  if (name === 'true') return { output: '', exitCode: 0 };
  return name === 'false' ? { output: '', exitCode: 1 } : undefined;
}
