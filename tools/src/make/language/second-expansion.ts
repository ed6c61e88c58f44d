import type { Evaluation } from './evaluation.ts';
import { expand } from './expansion.ts';
import { splitPrerequisites, withStem } from './record-rule.ts';
import type { Prerequisites, RuleRecord } from './rule-book.ts';
import { origins, type Scope, type Variable } from './variables.ts';

/** The prerequisites of a target in make's order; what waits for its second expansion gets it now. */
export function finalPrerequisites(run: Evaluation, record: RuleRecord): Prerequisites {
  const rules = record.heads.length === 0 ? record.tails : [...record.heads.toReversed(), ...record.tails];
  const [only] = rules;
  if (rules.length === 1 && only !== undefined && only.later === undefined) return only;
  const normal: string[] = [];
  const orderOnly: string[] = [];
  const known = rules.some((rule) => rule.later !== undefined) ? rules.flatMap((rule) => rule.normal) : [];
  const behind = known.length === 0 ? [] : rules.flatMap((rule) => rule.orderOnly);
  for (const rule of rules) {
    const own = rule.later === undefined ? rule : expandLater(run, record, rule.later, known, behind);
    for (const name of own.normal) normal.push(name);
    for (const name of own.orderOnly) orderOnly.push(name);
  }
  return { normal, orderOnly };
}

function expandLater(
  run: Evaluation,
  record: RuleRecord,
  later: NonNullable<Prerequisites['later']>,
  known: readonly string[],
  orderOnly: readonly string[],
): Prerequisites {
  const { text, stem } = later;
  const automatic: Scope = new Map();
  const set = (name: string, value: string): void => {
    run.variables.set(automatic, name, value, false, origins.automatic);
  };
  set('@', record.name);
  set('*', stem ?? record.stem ?? withoutSuffix(run, record.name));
  set('<', known[0] ?? '');
  set('^', [...new Set(known)].join(' '));
  set('+', known.join(' '));
  set('?', [...new Set(known)].join(' '));
  set('|', [...new Set(orderOnly)].join(' '));
  const own = record.variables ?? new Map<string, Variable>();
  const source = stem === undefined ? text : text.replaceAll('%', '$$*');
  const value = run.variables.within(own, () => run.variables.within(automatic, () => expand(run, source)));
  const found = splitPrerequisites(run, value);
  return stem === undefined ? found : withStem(found, stem);
}

/** What `$*` is for a rule that is no pattern: the name without a suffix that make knows. */
function withoutSuffix(run: Evaluation, name: string): string {
  for (const suffix of run.rules.suffixes) {
    if (name.length > suffix.length && name.endsWith(suffix)) return name.slice(0, -suffix.length);
  }
  return '';
}
