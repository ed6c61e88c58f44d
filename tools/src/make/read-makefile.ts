import { basename, dirname } from 'node:path';
import {
  Disk,
  defaultLimits,
  evaluate,
  type EvaluationOutcome,
  questionKey,
  type ReadLimits,
} from './language/index.ts';
import { createReading } from './create-reading.ts';
import { visibleTop } from './shell/visible-top.ts';
import type { MakeReading } from './reading.ts';
import type { AnswerShell, ShellAnswer } from './shell-question.ts';

/** A Makefile that is to be read, and who answers what it asks the shell. */
export interface ReadRequest {
  /** Absolute path. */
  readonly makefile: string;
  /** The environment that make would be started with. */
  readonly environment: Readonly<Record<string, string>>;
  /** Without it every shell call counts as unanswered. */
  readonly answerShell?: AnswerShell;
  /** Files outside this folder are not read, whatever links lead there; without it, all can be. */
  readonly root?: string;
  readonly limits?: Partial<ReadLimits>;
  /** The Makefile's content, if the caller has read it already. */
  readonly text?: string;
}

/**
 * Reads a Makefile as GNU make 4.3 does, without starting, writing or changing anything. Never throws for anything
 * that a Makefile does: what stops the reading is in `problem`.
 */
export async function readMakefile(request: ReadRequest): Promise<MakeReading> {
  const limits = { ...defaultLimits, ...request.limits };
  const folder = dirname(request.makefile);
  const disk = new Disk(
    folder,
    limits.fileSize,
    request.root === undefined ? undefined : visibleTop(request.root, folder),
  );
  if (request.text !== undefined) disk.preset(request.makefile, request.text);
  const answers = new Map<string, ShellAnswer>();
  const end = performance.now() + limits.totalTime;
  const { answerShell } = request;
  let mayAsk = answerShell !== undefined;
  for (;;) {
    const outcome: EvaluationOutcome = evaluate({
      name: basename(request.makefile),
      disk,
      environment: request.environment,
      limits,
      // The last evaluation gets some time even where the answers have used it all up.
      deadline: performance.now() + Math.max(Math.min(limits.evaluationTime, end - performance.now()), 200),
      answers,
      mayAsk,
    });
    if (outcome.kind === 'done') return createReading(request.makefile, disk, request.environment, outcome);
    const left = end - performance.now();
    const answer =
      answerShell === undefined || left <= 0
        ? undefined
        : await ask(
            answerShell,
            { command: outcome.command, shell: outcome.shell, folder, environment: request.environment },
            left,
          );
    if (answer === undefined) mayAsk = false;
    else {
      answers.set(questionKey(outcome.command, outcome.shell), answer);
      for (const file of answer.files) disk.files.add(file);
      for (const one of answer.folders) disk.folders.add(one);
      if (answers.size >= limits.questions) mayAsk = false;
    }
  }
}

/** The answer, or nothing where it takes longer than there is time. */
async function ask(
  answerShell: AnswerShell,
  question: Parameters<AnswerShell>[0],
  milliseconds: number,
): Promise<ShellAnswer | undefined> {
  const unanswered: ShellAnswer = { output: '', exitCode: 127, answered: false, files: [], folders: [] };
  const late = Promise.withResolvers<undefined>();
  const timer = setTimeout(() => {
    late.resolve(undefined);
  }, milliseconds);
  try {
    return await Promise.race([answerShell(question).catch(() => unanswered), late.promise]);
  } finally {
    clearTimeout(timer);
  }
}
