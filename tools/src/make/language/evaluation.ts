import type { Location, UnansweredCall } from '../reading.ts';
import type { ShellAnswer } from '../shell-question.ts';
import type { Disk } from './disk.ts';
import { Budget, type ReadLimits } from './limits.ts';
import { valueOf } from './expansion.ts';
import { RuleBook } from './rule-book.ts';
import { MakeStop, ShellPause } from './stops.ts';
import { origins, Variables } from './variables.ts';
import { splitWords } from './words.ts';

/** What an evaluation is started with. */
export interface EvaluationStart {
  /** The Makefile's name without its folder. */
  readonly name: string;
  readonly disk: Disk;
  readonly environment: Readonly<Record<string, string>>;
  readonly limits: ReadLimits;
  readonly deadline: number;
  /** Answers of the shell that are known, by `questionKey`: make runs all commands in its own environment. */
  readonly answers: ReadonlyMap<string, ShellAnswer>;
  /** False once nobody is to be asked any more: what is not known then counts as unanswered. */
  readonly mayAsk: boolean;
}

/** A makefile that was asked for and is not there. */
export interface MissingMakefile {
  readonly name: string;
  readonly location: Location;
  readonly optional: boolean;
}

/** All that changes while one Makefile is evaluated. */
export class Evaluation {
  readonly disk: Disk;
  readonly budget: Budget;
  readonly environment: Readonly<Record<string, string>>;
  readonly variables = new Variables();
  readonly rules = new RuleBook();
  readonly makefiles: string[] = [];
  readonly missing: MissingMakefile[] = [];
  readonly unanswered: UnansweredCall[] = [];
  /** Where the line stands that is read now: what make names in its messages. */
  location: Location;
  /** Where the variable was defined that is being expanded: make names that instead where an expansion fails. */
  expanding: Location | undefined;
  recipePrefix = '\t';
  secondExpansion = false;
  oneShell = false;
  /** Undefined where neither `export` nor `unexport` stood alone. */
  exportAll: boolean | undefined;
  includeDepth = 0;
  /** How many arguments the calls around the present `$(call)` have set. */
  callArguments = 0;
  /** After the last line: rules cannot be added any more. */
  finished = false;
  readonly #answers: ReadonlyMap<string, ShellAnswer>;
  readonly #mayAsk: boolean;

  constructor(start: EvaluationStart) {
    this.disk = start.disk;
    this.environment = start.environment;
    this.budget = new Budget(start.limits, start.deadline);
    this.location = { file: start.name, line: 1 };
    this.#answers = start.answers;
    this.#mayAsk = start.mayAsk;
  }

  /** Ends the evaluation with make's message for the present line, or for `location`. */
  fail(message: string, location: Location = this.location): never {
    throw new MakeStop(`${location.file}:${location.line}: *** ${message}.  Stop.`);
  }

  /** The same for what goes wrong inside an expansion. */
  failExpansion(message: string): never {
    this.fail(message, this.expanding ?? this.location);
  }

  note(command: string): void {
    this.unanswered.push({ command, location: this.location });
  }

  /** The output of a command as make takes it over: line ends become spaces, those at the end go. */
  askShell(command: string): string {
    const shell = valueOf(this, 'SHELL');
    const answer = this.#answers.get(questionKey(command, shell));
    // Where SHELL is python or the like, the command is no shell command and nobody could tell what it says.
    if (answer === undefined && this.#mayAsk && isShell(shell)) throw new ShellPause(command, shell);
    if (answer?.answered !== true) this.note(command);
    const status = String(answer?.exitCode ?? 127);
    this.variables.set(this.variables.global, '.SHELLSTATUS', status, false, origins.override);
    const output = answer?.output ?? '';
    this.budget.produced(output.length);
    let end = output.length;
    while (end > 0 && output.charCodeAt(end - 1) === 10) end -= 1;
    return output.slice(0, end).replaceAll('\n', ' ').replaceAll('\0', '');
  }
}

/** Two questions with the same key have the same answer. */
export function questionKey(command: string, shell: string): string {
  return `${shell}\0${command}`;
}

function isShell(shell: string): boolean {
  const words = splitWords(shell);
  const program = words.find((word) => !word.startsWith('-') && !/(^|\/)env$/.test(word)) ?? '/bin/sh';
  return /^(ba|da|a|z|k|mk|ya)?sh$/.test(program.slice(program.lastIndexOf('/') + 1));
}
