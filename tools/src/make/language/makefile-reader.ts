import { parseAssignment, parseVariableLine, type VariableLine } from './assignment.ts';
import { Conditionals } from './conditionals.ts';
import { assign, originOf } from './define-variable.ts';
import { exportNames, setTargetVariable, undefine } from './directives.ts';
import type { Evaluation } from './evaluation.ts';
import { expand } from './expansion.ts';
import { readDefinition } from './definition.ts';
import { includeMakefiles } from './include.ts';
import { joinLines, LineReader, withoutComment } from './lines.ts';
import { noteSpecials, recordRule, type Rule } from './record-rule.ts';
import { readRuleLine } from './rule-line.ts';
import { MakeStop } from './stops.ts';
import { skipSpace, skipWord } from './words.ts';

/** Evaluates a text as make does a makefile; `line`: where all of it stands, for `$(eval)`. */
export function readText(run: Evaluation, text: string, file: string, line?: number): void {
  run.budget.enter();
  const reader = new MakefileReader(run, text, file, line);
  try {
    reader.read();
  } catch (error) {
    // The rule before the line that make stops at is complete, and is known.
    if (error instanceof MakeStop) reader.endRule();
    throw error;
  }
  run.budget.leave();
}

class MakefileReader {
  readonly #run: Evaluation;
  readonly #file: string;
  readonly #line: number | undefined;
  readonly #lines: LineReader;
  readonly #conditionals = new Conditionals();
  /** The rule whose recipe is being read. */
  #rule: Rule | undefined;
  #noTargets = false;
  #ignoredDefinition = false;

  constructor(run: Evaluation, text: string, file: string, line: number | undefined) {
    this.#run = run;
    this.#file = file;
    this.#line = line;
    this.#lines = new LineReader(text);
  }

  read(): void {
    const run = this.#run;
    for (let line = this.#lines.next(); line !== undefined; line = this.#lines.next()) {
      run.budget.step(0.2 + line.length / 2000);
      if (line === '') continue;
      if (line.startsWith(run.recipePrefix) && this.#takeRecipe(line)) continue;
      run.location = { file: this.#file, line: this.#line ?? this.#lines.before + 1 };
      this.#takeLine(line);
    }
    run.location = { file: this.#file, line: this.#line ?? this.#lines.lines + 1 };
    if (this.#conditionals.open) run.fail("missing 'endif'");
    this.endRule();
  }

  #takeRecipe(line: string): boolean {
    if (this.#noTargets) return true;
    const rule = this.#rule;
    if (rule === undefined) return false;
    if (!this.#conditionals.ignoring) {
      const prefix = this.#run.recipePrefix;
      const text = line.slice(prefix.length);
      rule.recipe.push(text.includes('\n') ? text.replaceAll(`\n${prefix}`, '\n') : text);
      rule.size += text.length;
    }
    return true;
  }

  endRule(): void {
    const rule = this.#rule;
    this.#rule = undefined;
    if (rule !== undefined) recordRule(this.#run, rule);
  }

  #takeLine(line: string): void {
    const run = this.#run;
    const joined = withoutComment(joinLines(line));
    const start = skipSpace(joined, 0);
    const text = start === 0 ? joined : joined.slice(start);
    const variable = parseVariableLine(text, false);
    if (variable !== undefined) {
      if (this.#conditionals.ignoring) {
        if (variable.kind === 'define') this.#ignoredDefinition = true;
        return;
      }
      this.endRule();
      this.#takeVariable(variable);
      return;
    }
    if (text === '') return;
    const end = skipWord(text, 0);
    const word = text.slice(0, end);
    if (this.#ignoredDefinition) {
      if (word === 'endef') this.#ignoredDefinition = false;
      return;
    }
    const rest = text.slice(skipSpace(text, end));
    if (this.#conditionals.take(run, word, rest)) return;
    if (this.#conditionals.ignoring) return;
    if (this.#takeDirective(word, rest)) return;
    if (line.startsWith(run.recipePrefix)) run.fail('recipe commences before first target');
    this.#takeRule(line);
  }

  #takeVariable(line: VariableLine): void {
    const run = this.#run;
    const origin = originOf(line.override);
    if (line.kind === 'undefine') {
      undefine(run, line.text, origin);
      return;
    }
    const assignment = line.kind === 'assign' ? parseAssignment(line.text) : undefined;
    const name =
      assignment === undefined
        ? readDefinition(run, this.#lines, line.text, origin)
        : assign(run, assignment, origin);
    const variable = run.variables.global.get(name);
    if (line.exported && variable !== undefined) variable.exported = true;
  }

  #takeDirective(word: string, rest: string): boolean {
    const run = this.#run;
    switch (word) {
      case 'export':
      case 'unexport':
        this.endRule();
        if (rest === '') run.exportAll = word === 'export';
        else exportNames(run, expand(run, rest), word === 'export');
        return true;
      case 'vpath':
        this.endRule();
        expand(run, rest);
        return true;
      case 'include':
      case '-include':
      case 'sinclude':
        this.endRule();
        includeMakefiles(run, expand(run, rest), word !== 'include');
        return true;
      case 'load':
      case '-load':
        this.endRule();
        run.note(`load ${expand(run, rest)}`);
        return true;
      default:
        return false;
    }
  }

  #takeRule(line: string): void {
    const run = this.#run;
    this.endRule();
    const found = readRuleLine(run, line);
    if (found.kind === 'nothing') return;
    if (found.kind === 'no targets') {
      this.#noTargets = true;
      return;
    }
    if (found.kind === 'variable') {
      setTargetVariable(run, found.targets, found.line);
      return;
    }
    this.#noTargets = false;
    const { recipe, ...rule } = found;
    const first = recipe === undefined ? [] : [recipe.trimStart()];
    this.#rule = { ...rule, recipe: first, location: run.location, size: recipe?.length ?? 0 };
    noteSpecials(run, found.targets);
  }
}
