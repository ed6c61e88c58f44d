import { readFile } from 'node:fs/promises';
import { inferTargets, parseInferenceOptions, type MakeReading } from '@switchyard/tools/make';

/** What inference made of a Makefile's targets: those that Nx sees, and why it does not see others. */
export interface Exposure {
  readonly exposed: ReadonlySet<string>;
  /** By target: why it is not exposed. */
  readonly reasons: ReadonlyMap<string, string>;
}

/** What inference, with nothing configured, makes of a reading. */
export async function exposureOf(reading: MakeReading): Promise<Exposure> {
  const texts = await Promise.all(reading.makefiles.map((file) => readFile(file, 'utf8').catch(() => '')));
  const inferred = inferTargets(reading, texts, parseInferenceOptions({}));
  return { exposed: new Set(inferred.map(({ makeTarget }) => makeTarget)), reasons: new Map() };
}

/**
 * The phony targets that a user would expect to see and that are neither exposed nor explained. Not expected: private
 * names, and names such as `build-%`, which stand for a pattern.
 */
export function compareExposed(make: MakeReading, { exposed, reasons }: Exposure): string[] {
  return make.targets
    .filter((target) => target.phony && !/^[_.]|%/.test(target.name))
    .map((target) => target.name)
    .filter((name) => !exposed.has(name) && !reasons.has(name));
}
