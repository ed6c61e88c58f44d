import type { MakeTarget } from '../reading.ts';
import { planTarget, type PlanContext, type TargetPlan } from './plan-target.ts';
import { findRepeatedRecipe } from './repeated-recipes.ts';

/** Plans all exposed targets, so that what runs for one of them is also right as a whole: no recipe twice. */
export function planTargets(
  exposed: readonly MakeTarget[],
  context: PlanContext,
): ReadonlyMap<string, TargetPlan> {
  const plans = new Map(exposed.map((target) => [target.name, planTarget(target, context)]));
  for (const name of dependenciesFirst(plans)) {
    const plan = plans.get(name);
    if (plan === undefined || plan.dependsOn.length + plan.preparations.length === 0) continue;
    const repeated = findRepeatedRecipe(name, plans, context.graph);
    if (repeated === undefined) continue;
    plans.set(name, { dependsOn: [], preparations: [], whole: `${repeated} would run more than once` });
  }
  return plans;
}

/** A target comes after those that it depends on: whether it is split decides what runs for its dependants. */
function dependenciesFirst(plans: ReadonlyMap<string, TargetPlan>): readonly string[] {
  const ordered: string[] = [];
  const entered = new Set<string>();
  const open = [...plans.keys()].map((name) => ({ name, left: false }));
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    if (next.left) {
      ordered.push(next.name);
      continue;
    }
    if (entered.has(next.name)) continue;
    entered.add(next.name);
    open.push({ name: next.name, left: true });
    for (const name of plans.get(next.name)?.dependsOn ?? []) open.push({ name, left: false });
  }
  return ordered;
}
