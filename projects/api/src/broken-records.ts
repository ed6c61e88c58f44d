import type { FoundRun, SkippedRecord } from './run-store.ts';

const MOST_REMEMBERED = 100;

/** The records that a store met and could not show, so that its health can name them: at most 100. */
export class BrokenRecords {
  readonly #problems = new Map<string, string>();

  /** The ids of the records that were broken when they were last looked at. */
  get ids(): readonly string[] {
    return [...this.#problems.keys()];
  }

  /** Remembers what looking at the record `id` came to, and forgets a record that is broken no more. */
  note(id: string, outcome: FoundRun): void {
    if (outcome.kind !== 'broken') this.#problems.delete(id);
    else if (this.#problems.has(id) || this.#problems.size < MOST_REMEMBERED)
      this.#problems.set(id, outcome.problem);
  }

  /** What was met, newest first; `nameOf` says what a store calls the record with an id. */
  list(nameOf: (id: string) => string): SkippedRecord[] {
    return [...this.#problems]
      .sort(([left], [right]) => (left < right ? 1 : -1))
      .map(([id, problem]) => ({ record: nameOf(id), problem }));
  }
}
