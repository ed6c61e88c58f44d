import type { Location } from '../reading.ts';
import { builtinSuffixes } from './builtin-variables.ts';
import type { Scope } from './variables.ts';

/** Prerequisites as one rule names them. */
export interface Prerequisites {
  readonly normal: readonly string[];
  readonly orderOnly: readonly string[];
  /** Text that is expanded only after the last line, with the stem of a static pattern rule. */
  readonly later?: { readonly text: string; readonly stem: string | undefined };
}

/** What the rules say of one name. */
export interface RuleRecord {
  readonly name: string;
  /** False for a name that only has variables of its own. */
  isTarget: boolean;
  doubleColon: boolean;
  hasRecipe: boolean;
  recipe: readonly string[];
  stem: string | undefined;
  /** Prerequisites of rules with a recipe: make puts each before all earlier ones. */
  readonly heads: Prerequisites[];
  /** Prerequisites of rules without one, in order. */
  readonly tails: Prerequisites[];
  variables: Scope | undefined;
  location: Location | undefined;
}

/** A rule for a pattern: kept only to know what make could remake. */
export interface PatternRule {
  readonly target: string;
  readonly hasRecipe: boolean;
}

/** Nobody names suffixes longer than this. */
const longestSuffixRule = 100;

/** All rules of a Makefile, by target, in the order in which the targets were first named. */
export class RuleBook {
  readonly records = new Map<string, RuleRecord>();
  readonly patterns: PatternRule[] = [];
  /** What is behind the `=` of variables that are set for a pattern of targets. */
  readonly patternVariableValues: string[] = [];
  /** What `.SUFFIXES` holds now. */
  suffixes = new Set<string>(builtinSuffixes);

  record(name: string): RuleRecord {
    const found = this.records.get(name);
    if (found !== undefined) return found;
    const made: RuleRecord = {
      name,
      isTarget: false,
      doubleColon: false,
      hasRecipe: false,
      recipe: [],
      stem: undefined,
      heads: [],
      tails: [],
      variables: undefined,
      location: undefined,
    };
    this.records.set(name, made);
    return made;
  }

  /** What make can make by a pattern rule of the makefiles; an old suffix rule `.c.o` counts as `%.o`. */
  remakeable(): readonly string[] {
    const found = new Set<string>();
    for (const { target, hasRecipe } of this.patterns) if (hasRecipe) found.add(target);
    for (const { name, hasRecipe } of this.records.values()) {
      const suffix = name.slice(name.lastIndexOf('.'));
      if (hasRecipe && suffix !== name && this.isSuffixRule(name)) found.add(`%${suffix}`);
    }
    return [...found];
  }

  /** Whether a name is that of an old suffix rule such as `.c.o`. */
  isSuffixRule(name: string): boolean {
    if (this.suffixes.has(name)) return true;
    if (name.length > longestSuffixRule) return false;
    for (let split = 1; split < name.length; split += 1) {
      if (this.suffixes.has(name.slice(0, split)) && this.suffixes.has(name.slice(split))) return true;
    }
    return false;
  }
}
