import type { Location } from '../reading.ts';
import type { Evaluation } from './evaluation.ts';
import { parseNames, ruleNames } from './names.ts';
import { parsePattern, type Pattern, stemOf } from './pattern.ts';
import type { Prerequisites } from './rule-book.ts';
import { origins } from './variables.ts';

/** A rule that has been read to its end. */
export interface Rule {
  readonly targets: readonly string[];
  readonly doubleColon: boolean;
  readonly grouped: boolean;
  readonly pattern: string | undefined;
  readonly prerequisites: string;
  /** Empty where the rule has no recipe. */
  readonly recipe: string[];
  readonly location: Location;
  /** How many characters the recipe has. */
  size: number;
}

const none: Prerequisites = { normal: [], orderOnly: [] };

/** Enters a rule into the book. */
export function recordRule(run: Evaluation, rule: Rule): void {
  if (run.finished) run.fail('prerequisites cannot be defined in recipes', rule.location);
  const hasRecipe = rule.recipe.length > 0;
  if (rule.grouped && !hasRecipe) run.fail('grouped targets must provide a recipe', rule.location);
  run.budget.step(rule.targets.length);
  run.budget.kept(rule.size + rule.prerequisites.length + 128 * rule.targets.length);

  const first = parsePattern(rule.targets[0] ?? '');
  if (first.percent) {
    if (rule.pattern !== undefined) run.fail('mixed implicit and static pattern rules', rule.location);
    for (const target of rule.targets) {
      if (!parsePattern(target).percent) run.fail('mixed implicit and normal rules', rule.location);
      run.rules.patterns.push({ target, hasRecipe });
    }
    if (rule.prerequisites !== '') readPrerequisites(run, rule.prerequisites);
    return;
  }
  const pattern = rule.pattern === undefined ? undefined : parsePattern(rule.pattern);
  const prerequisites = rule.prerequisites === '' ? none : readPrerequisites(run, rule.prerequisites);
  run.budget.kept(16 * (prerequisites.normal.length + prerequisites.orderOnly.length));
  for (const written of rule.targets) {
    const target = parsePattern(written);
    if (target.percent) run.fail('mixed implicit and normal rules', rule.location);
    enterTarget(run, rule, target.prefix, pattern, prerequisites);
  }
}

function enterTarget(
  run: Evaluation,
  rule: Rule,
  name: string,
  pattern: Pattern | undefined,
  prerequisites: Prerequisites,
): void {
  const hasRecipe = rule.recipe.length > 0;
  const record = run.rules.record(name);
  if (record.isTarget && record.doubleColon !== rule.doubleColon) {
    run.fail(`target file '${name}' has both : and :: entries`, rule.location);
  }
  let own = prerequisites;
  if (pattern !== undefined) {
    const stem = stemOf(pattern, name);
    own = stem === undefined ? none : withStem(prerequisites, stem);
    record.stem = stem;
  }
  record.isTarget = true;
  record.doubleColon = rule.doubleColon;
  if (hasRecipe) {
    // The rule that brings the recipe is where a reader looks; of several the last one counts for make.
    if (!record.hasRecipe || !rule.doubleColon) record.location = rule.location;
    record.recipe = rule.doubleColon ? [...record.recipe, ...rule.recipe] : rule.recipe;
    record.hasRecipe = true;
  } else record.location ??= rule.location;
  if (own !== none) {
    // The targets of one rule share its lists, unless each has its own stem.
    run.budget.kept(own === prerequisites ? 16 : 16 * (own.normal.length + own.orderOnly.length));
    (hasRecipe && !rule.doubleColon ? record.heads : record.tails).push(own);
  }
  if (name === '.SUFFIXES') {
    if (own === none) run.rules.suffixes.clear();
    for (const suffix of own.normal) run.rules.suffixes.add(suffix);
  }
}

/** Splits prerequisites at `|`, unless they wait for their second expansion. */
function readPrerequisites(run: Evaluation, written: string): Prerequisites {
  const text = written.includes('\\:') ? unquoteColons(written) : written;
  if (run.secondExpansion && text.includes('$')) {
    return { normal: [], orderOnly: [], later: { text, stem: undefined } };
  }
  return splitPrerequisites(run, text);
}

/** The names before and behind `|`. */
export function splitPrerequisites(run: Evaluation, text: string): Prerequisites {
  const normal = parseNames(run, text, { ...ruleNames, stop: 124 });
  run.budget.step(normal.names.length * 0.1);
  if (normal.end >= text.length) return { normal: normal.names, orderOnly: [] };
  return { normal: normal.names, orderOnly: parseNames(run, text, ruleNames, normal.end + 1).names };
}

/** Puts the stem of a static pattern rule in the place of `%`. */
export function withStem(prerequisites: Prerequisites, stem: string): Prerequisites {
  const put = (name: string): string => {
    const pattern = parsePattern(name);
    return pattern.percent ? pattern.prefix + stem + pattern.suffix : name;
  };
  const { later } = prerequisites;
  return {
    normal: prerequisites.normal.map(put).filter((name) => name !== ''),
    orderOnly: prerequisites.orderOnly.map(put).filter((name) => name !== ''),
    ...(later === undefined ? {} : { later: { text: later.text, stem } }),
  };
}

function unquoteColons(text: string): string {
  const parts: string[] = [];
  let start = 0;
  for (let at = text.indexOf(':'); at >= 0; at = text.indexOf(':', at + 1)) {
    let slashes = at;
    while (slashes > start && text.charCodeAt(slashes - 1) === 92) slashes -= 1;
    parts.push(text.slice(start, slashes + Math.floor((at - slashes) / 2)));
    start = at;
  }
  return parts.join('') + text.slice(start);
}

/** Does at once what `.ONESHELL`, `.SECONDEXPANSION` and the first target of all do. */
export function noteSpecials(run: Evaluation, targets: readonly string[]): void {
  for (const name of targets) {
    if (name === '.SECONDEXPANSION') run.secondExpansion = true;
    else if (name === '.ONESHELL') run.oneShell = true;
    else if (name === '.POSIX') {
      run.variables.set(run.variables.global, '.SHELLFLAGS', '-ec', false, origins.default);
      run.variables.set(run.variables.global, 'CC', 'c99', false, origins.default);
    } else {
      const goal = run.variables.global.get('.DEFAULT_GOAL');
      if (goal !== undefined && goal.value !== '') continue;
      if (name.includes('%')) return;
      if (name.startsWith('.') && !name.includes('/')) continue;
      if (run.rules.isSuffixRule(name)) continue;
      run.variables.set(run.variables.global, '.DEFAULT_GOAL', name, false, origins.file);
    }
  }
}
