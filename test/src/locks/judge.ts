import type { LockEvent } from './journal.ts';

/** What a journal shows of the locks that it is about. */
export interface Judgement {
  readonly acquisitions: number;
  /** Holders that the locks should have kept apart. */
  readonly violations: readonly string[];
  /** Milliseconds from asking to having, shortest first. */
  readonly waits: readonly number[];
  /** The most conflicting holders that asked later than somebody and came before. */
  readonly overtakes: number;
}

/**
 * Judges by the order of the lines alone. A process that was killed writes nothing any more: its locks count as given
 * back from its last line on.
 */
export function judge(events: readonly LockEvent[], killed: ReadonlySet<string>): Judgement {
  const last = new Map(events.map(({ owner }, index) => [owner, index]));
  const holders = new Map<string, Map<string, LockEvent['mode']>>();
  const asked = new Map<string, { index: number; at: bigint }>();
  const violations: string[] = [];
  const waits: number[] = [];
  const acquired: Acquired[] = [];

  for (const [index, event] of events.entries()) {
    const { kind, owner, name, mode, at } = event;
    const others = holders.get(name) ?? new Map<string, LockEvent['mode']>();
    holders.set(name, others);
    if (kind === 'ask') asked.set(`${owner} ${name}`, { index, at });
    else if (kind === 'release') others.delete(owner);
    else {
      for (const [other, otherMode] of others) {
        const gone = killed.has(other.split('.')[0] ?? '') && (last.get(other) ?? index) < index;
        if (gone) others.delete(other);
        else if (mode === 'exclusive' || otherMode === 'exclusive')
          violations.push(`line ${index + 1}: ${owner} has ${name} (${mode}) while ${other} has it`);
      }
      others.set(owner, mode);
      const question = asked.get(`${owner} ${name}`);
      if (question !== undefined) waits.push(Number(at - question.at) / 1e6);
      acquired.push({ index, asked: question?.index, event });
      asked.delete(`${owner} ${name}`);
    }
  }
  const overtakes = acquired.map((one) => countOvertakes(one, acquired));
  return {
    acquisitions: acquired.length,
    violations,
    waits: waits.sort((one, other) => one - other),
    overtakes: Math.max(0, ...overtakes),
  };
}

interface Acquired {
  readonly index: number;
  /** Where it asked for this one lock; nowhere known when it asked for several, one after the other. */
  readonly asked: number | undefined;
  readonly event: LockEvent;
}

function countOvertakes(one: Acquired, all: readonly Acquired[]): number {
  const since = one.asked;
  if (since === undefined) return 0;
  return all.filter(
    ({ index, asked, event }) =>
      event.name === one.event.name &&
      (event.mode === 'exclusive' || one.event.mode === 'exclusive') &&
      asked !== undefined &&
      asked > since &&
      index < one.index,
  ).length;
}
