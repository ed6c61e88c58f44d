import type { MakeTarget } from '../reading.ts';
import { collectTargets } from './collect-targets.ts';
import type { Evaluation, EvaluationStart } from './evaluation.ts';
import { valueOf } from './expansion.ts';
import { readFile } from './include.ts';
import { parsePattern, stemOf } from './pattern.ts';
import { startEvaluation } from './start.ts';
import { LimitReached, MakeStop, ShellPause } from './stops.ts';

/** What became of an evaluation. */
export type EvaluationOutcome =
  /** A command must be answered first; evaluate again with the answer. */
  | { readonly kind: 'asks'; readonly command: string; readonly shell: string }
  | {
      readonly kind: 'done';
      readonly run: Evaluation;
      readonly targets: readonly MakeTarget[];
      readonly waits: boolean;
      readonly defaultGoal: string | undefined;
      /** Make's message, or the limit, where the evaluation did not reach its end. */
      readonly problem: string | undefined;
      /** The Makefile itself is not there, or not a text that can be read. */
      readonly unreadable: boolean;
    };

/** Evaluates a Makefile once. Never throws for anything that it does; starts and writes nothing. */
export function evaluate(start: EvaluationStart): EvaluationOutcome {
  const run = startEvaluation(start);
  let problem: string | undefined;
  let unreadable = false;
  try {
    if (readFile(run, start.name) === 'missing') {
      problem = `make: ${start.name}: No such file or directory`;
      unreadable = true;
    } else if (run.makefiles.length === 0) {
      problem = `Reading stopped: ${start.name} is a link that leads outside the workspace.`;
      unreadable = true;
    }
  } catch (error) {
    if (error instanceof ShellPause) return { kind: 'asks', command: error.command, shell: error.shell };
    problem = problemOf(error);
    unreadable = run.makefiles.length === 0;
  }
  let targets: readonly MakeTarget[] = [];
  let waits = false;
  let defaultGoal: string | undefined;
  run.finished = true;
  try {
    ({ targets, waits } = collectTargets(run));
    defaultGoal = valueOf(run, '.DEFAULT_GOAL').trim();
  } catch (error) {
    if (error instanceof ShellPause) return { kind: 'asks', command: error.command, shell: error.shell };
    problem ??= problemOf(error);
  }
  if (defaultGoal === '') defaultGoal = undefined;
  problem ??= missingProblem(run);
  noteOptionalIncludes(run);
  return { kind: 'done', run, targets, waits, defaultGoal, problem, unreadable };
}

function problemOf(error: unknown): string {
  if (error instanceof MakeStop) return error.message;
  if (error instanceof LimitReached) return `Reading stopped: ${error.message}.`;
  // Deep recursion and too long strings end in these, whatever the limits say.
  if (error instanceof RangeError) return 'Reading stopped: expansions were nested too deeply.';
  throw error;
}

/** What make says of a makefile that must be there and is not: it would run the rule that makes it, or stop. */
function missingProblem(run: Evaluation): string | undefined {
  // Make tries to build them all, the last one first, and stops at one that no rule makes.
  const needed = run.missing.filter((missing) => !missing.optional).toReversed();
  const hopeless = needed.find((missing) => !canBeMade(run, missing.name));
  if (hopeless !== undefined) return `make: *** No rule to make target '${hopeless.name}'.  Stop.`;
  const [first] = needed;
  if (first === undefined) return undefined;
  const where = `${first.location.file}:${first.location.line}`;
  return `${where}: ${first.name} is not there; make would build it and read again.`;
}

/** An optional makefile that a rule of its own makes: make would run that rule and read again; we do not. */
function noteOptionalIncludes(run: Evaluation): void {
  for (const { name, location, optional } of run.missing) {
    if (!optional || run.rules.records.get(name)?.hasRecipe !== true) continue;
    run.unanswered.push({ command: `make ${name} (an included makefile)`, location });
  }
}

function canBeMade(run: Evaluation, name: string): boolean {
  const explicit = run.rules.records.get(name);
  return (
    explicit?.hasRecipe === true ||
    run.rules.patterns.some((rule) => rule.hasRecipe && stemOf(parsePattern(rule.target), name) !== undefined)
  );
}
