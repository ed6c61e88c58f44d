/** One thing in which our reading of a Makefile is not that of make. */
export type Difference =
  | { readonly kind: 'missing phony target'; readonly target: string }
  | { readonly kind: 'missing target'; readonly target: string }
  | { readonly kind: 'extra target'; readonly target: string }
  | { readonly kind: 'phony'; readonly target: string; readonly ours: boolean; readonly make: boolean }
  | {
      readonly kind: 'prerequisites' | 'order of prerequisites' | 'order-only';
      readonly target: string;
      readonly ours: readonly string[];
      readonly make: readonly string[];
    }
  | { readonly kind: 'default goal'; readonly ours: string; readonly make: string }
  /** Ours says that it is not exact, and make has nothing to complain of. */
  | { readonly kind: 'not exact'; readonly problem: string }
  /** make rejects the Makefile, and ours says nothing of it. */
  | { readonly kind: 'problem not reported'; readonly problem: string };

/** How one Makefile fared. `rejected`: make itself stops at it. `no reference`: make did not even print a database. */
export interface Comparison {
  /** Relative to the checked folder. */
  readonly makefile: string;
  readonly verdict: 'equal' | 'different' | 'rejected' | 'no reference';
  readonly differences: readonly Difference[];
  /** Shell calls that could not be answered without running something. */
  readonly unanswered: readonly string[];
  /** Public phony targets that inference neither exposes nor explains. */
  readonly hidden: readonly string[];
  /** What make says of it, where it stops. */
  readonly problem?: string;
  readonly targets: number;
  readonly phony: number;
  readonly phonyFound: number;
  readonly milliseconds: { readonly ours: number; readonly make: number };
}
