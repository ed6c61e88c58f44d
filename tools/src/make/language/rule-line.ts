import { type VariableLine, parseVariableLine } from './assignment.ts';
import type { Evaluation } from './evaluation.ts';
import { expand } from './expansion.ts';
import { findUnquoted, joinLines } from './lines.ts';
import { parseNames, ruleNames } from './names.ts';
import { nextToken } from './rule-token.ts';
import { strip } from './words.ts';

/** A line that names targets. */
export type RuleLine =
  | { readonly kind: 'nothing' }
  /** A rule whose targets are empty: it and its recipe do not count. */
  | { readonly kind: 'no targets' }
  | { readonly kind: 'variable'; readonly targets: readonly string[]; readonly line: VariableLine }
  | {
      readonly kind: 'rule';
      readonly targets: readonly string[];
      readonly doubleColon: boolean;
      readonly grouped: boolean;
      /** The pattern of a static pattern rule. */
      readonly pattern: string | undefined;
      readonly prerequisites: string;
      /** A recipe line behind `;`. */
      readonly recipe: string | undefined;
    };

const colon = 58;
const semicolon = 59;

/** Reads a logical line that is no directive: a rule, or the variable of some targets. */
export function readRuleLine(run: Evaluation, written: string): RuleLine {
  const cut = findUnquoted(written, 0, semicolon, 35, true);
  const hasRecipe = cut.at >= 0 && cut.text.charCodeAt(cut.at) === semicolon;
  const writtenRecipe = hasRecipe ? cut.text.slice(cut.at + 1) : undefined;
  const line = joinLines(cut.at < 0 ? cut.text : cut.text.slice(0, cut.at));

  const head = readTargets(run, line, writtenRecipe);
  if (typeof head === 'string') return { kind: head };
  const { text, at } = head;
  let recipe = head.recipe;

  const grouped = text.charCodeAt(at - 1) === 38;
  const { names: targets } = parseNames(run, text.slice(0, grouped ? at - 1 : at), ruleNames);
  if (targets.length === 0) return { kind: 'no targets' };
  const doubleColon = text.charCodeAt(at + 1) === colon;
  const expanded = text.slice(at + (doubleColon ? 2 : 1));
  const rest = line.slice(head.rest);

  const variable = parseVariableLine(expanded + rest, true);
  if (variable !== undefined) {
    const behind = writtenRecipe === undefined ? '' : `;${joinLines(writtenRecipe)}`;
    return { kind: 'variable', targets, line: { ...variable, text: variable.text + behind } };
  }

  let tail = expanded;
  if (rest !== '') tail += expand(run, findUnquoted(rest, 0, 61, 61, false).text);
  if (recipe === undefined) {
    const semi = findUnquoted(tail, 0, semicolon, semicolon, false);
    tail = semi.at < 0 ? semi.text : semi.text.slice(0, semi.at);
    if (semi.at >= 0) recipe = semi.text.slice(semi.at + 1);
  }
  let pattern: string | undefined;
  if (hasPlainColon(tail)) {
    const found = parseNames(run, tail, { strip: true, glob: false, stop: colon });
    pattern = found.names[0];
    if (pattern === undefined) run.fail('missing target pattern');
    if (found.names.length > 1) run.fail('multiple target patterns');
    if (!pattern.includes('%')) run.fail("target pattern contains no '%'");
    tail = tail.slice(found.end + 1);
  }
  return { kind: 'rule', targets, doubleColon, grouped, pattern, prerequisites: strip(tail), recipe };
}

interface Head {
  /** The expanded line as far as the colon's word. */
  readonly text: string;
  /** Where the colon stands in it. */
  readonly at: number;
  /** Where the part of the line begins that is not expanded yet. */
  readonly rest: number;
  readonly recipe: string | undefined;
}

/** Expands word after word until a colon comes: what follows may be a variable, which is not to be expanded. */
function readTargets(
  run: Evaluation,
  line: string,
  writtenRecipe: string | undefined,
): Head | 'nothing' | 'no targets' {
  let recipe = writtenRecipe;
  let token = nextToken(line, 0);
  if (token.kind === 'end') {
    if (recipe !== undefined) run.fail('missing rule before recipe');
    return 'nothing';
  }
  if (token.kind === 'colon') return 'no targets';
  const done: string[] = [];
  let word = expand(run, line.slice(token.start, token.end));
  let rest = token.end;
  for (;;) {
    run.budget.step(0.1);
    if (recipe === undefined) {
      const semi = findUnquoted(word, 0, semicolon, semicolon, false);
      word = semi.text;
      if (semi.at >= 0) {
        recipe = word.slice(semi.at + 1) + expand(run, line.slice(rest));
        word = word.slice(0, semi.at);
        rest = line.length;
      }
    }
    const found = findUnquoted(word, 0, colon, colon, false);
    word = found.text;
    if (found.at >= 0) {
      const before = done.length === 0 ? '' : `${done.join(' ')} `;
      return { text: before + word, at: before.length + found.at, rest, recipe };
    }
    token = nextToken(line, rest);
    done.push(word);
    if (token.kind === 'end') break;
    word = expand(run, line.slice(token.start, token.end));
    rest = token.end;
  }
  if (strip(done.join(' ')) === '') return 'nothing';
  return failSeparator(run, line);
}

function failSeparator(run: Evaluation, line: string): never {
  if (run.recipePrefix === '\t' && line.startsWith('        ')) {
    run.fail('missing separator (did you mean TAB instead of 8 spaces?)');
  }
  run.fail('missing separator');
}

function hasPlainColon(text: string): boolean {
  for (let at = text.indexOf(':'); at >= 0; at = text.indexOf(':', at + 1)) {
    let slashes = at;
    while (slashes > 0 && text.charCodeAt(slashes - 1) === 92) slashes -= 1;
    if ((at - slashes) % 2 === 0) return true;
  }
  return false;
}
