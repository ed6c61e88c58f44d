import type { Comparison, Difference } from './comparison.ts';

/** The sums over some Makefiles. */
export interface Totals {
  readonly makefiles: number;
  readonly equal: number;
  readonly different: number;
  /** Of the different ones: those where only the order of prerequisites differs, as with an unsorted `find`. */
  readonly onlyOrder: number;
  readonly rejected: number;
  /** Of the rejected ones: those that ours had no problem with. */
  readonly rejectedUnreported: number;
  readonly noReference: number;
  readonly targets: number;
  readonly phony: number;
  readonly phonyFound: number;
  readonly phonyMissing: number;
  /** Public phony targets that inference neither exposes nor explains. */
  readonly hidden: number;
  readonly unanswered: number;
  readonly milliseconds: { readonly ours: number; readonly make: number };
}

/** Sums up comparisons. Targets and phony ones are counted in Makefiles that make accepts. */
export function sumUp(comparisons: readonly Comparison[]): Totals {
  const withVerdict = (verdict: Comparison['verdict']): Comparison[] =>
    comparisons.filter((comparison) => comparison.verdict === verdict);
  const rejected = withVerdict('rejected');
  const accepted = [...withVerdict('equal'), ...withVerdict('different')];
  const has = (kind: string) => (comparison: Comparison) =>
    comparison.differences.some((one) => one.kind === kind);
  const sum = (list: readonly Comparison[], value: (comparison: Comparison) => number): number =>
    list.reduce((total, comparison) => total + value(comparison), 0);
  const isOrder = ({ kind }: Difference): boolean => kind === 'order of prerequisites';
  return {
    makefiles: comparisons.length,
    equal: withVerdict('equal').length,
    different: withVerdict('different').length,
    onlyOrder: withVerdict('different').filter(({ differences }) => differences.every(isOrder)).length,
    rejected: rejected.length,
    rejectedUnreported: rejected.filter(has('problem not reported')).length,
    noReference: withVerdict('no reference').length,
    targets: sum(accepted, ({ targets }) => targets),
    phony: sum(accepted, ({ phony }) => phony),
    phonyFound: sum(accepted, ({ phonyFound }) => phonyFound),
    phonyMissing: sum(
      comparisons,
      ({ differences }) => differences.filter(({ kind }) => kind === 'missing phony target').length,
    ),
    hidden: sum(comparisons, ({ hidden }) => hidden.length),
    unanswered: sum(comparisons, ({ unanswered }) => unanswered.length),
    milliseconds: {
      ours: sum(comparisons, ({ milliseconds }) => milliseconds.ours),
      make: sum(comparisons, ({ milliseconds }) => milliseconds.make),
    },
  };
}

/** The share that must be without any difference, of the Makefiles that make accepts and those it rejects unnoticed. */
export const requiredShare = 0.95;

/** Tells whether the corpus check passes: no phony target missing or hidden, and enough Makefiles without difference. */
export function isGoodEnough(totals: Totals): boolean {
  const compared = totals.equal + totals.different + totals.rejectedUnreported;
  return totals.phonyMissing === 0 && totals.hidden === 0 && totals.equal >= requiredShare * compared;
}
