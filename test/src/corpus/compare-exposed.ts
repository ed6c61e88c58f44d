import type { MakeReading } from '@switchyard/tools/make';

/** What inference made of a Makefile's targets: those that Nx sees, and why it does not see others. */
export interface Exposure {
  readonly exposed: ReadonlySet<string>;
  /** By target: why it is not exposed. */
  readonly reasons: ReadonlyMap<string, string>;
}

/** The phony targets that a user would expect to see and that are neither exposed nor explained. */
export function compareExposed(make: MakeReading, { exposed, reasons }: Exposure): string[] {
  return make.targets
    .filter((target) => target.phony && !/^[_.]/.test(target.name))
    .map((target) => target.name)
    .filter((name) => !exposed.has(name) && !reasons.has(name));
}
