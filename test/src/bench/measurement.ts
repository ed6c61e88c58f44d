import { median } from './statistics.ts';

/** What a number counts: milliseconds, mebibytes, or one number divided by another. */
export type Unit = 'ms' | 'MB' | 'x';

/** A number that was measured, what it must not exceed, and why it is as it is. */
export interface Measurement {
  readonly section: string;
  readonly name: string;
  readonly unit: Unit;
  /** One for each repetition; what is judged is their median. */
  readonly samples: readonly number[];
  readonly value: number;
  readonly limit?: number;
  /** Absent where there is no limit. */
  readonly reached?: boolean;
  readonly note?: string;
}

/** What is known of a measurement before it is judged. */
export interface Finding {
  readonly name: string;
  readonly unit?: Unit;
  readonly samples: readonly number[];
  readonly limit?: number;
  readonly note?: string;
}

/** Judges the median of the samples by the limit. */
export function measurement(
  section: string,
  { name, unit = 'ms', samples, limit, note }: Finding,
): Measurement {
  const value = median(samples);
  return {
    section,
    name,
    unit,
    samples,
    value,
    ...(limit === undefined ? {} : { limit, reached: value <= limit }),
    ...(note === undefined ? {} : { note }),
  };
}

/** The same arithmetic on the samples of each repetition: what ran next to each other is compared with each other. */
export function pairwise(
  first: readonly number[],
  second: readonly number[],
  combine: (first: number, second: number) => number,
): number[] {
  return first.flatMap((value, index) => {
    const other = second[index];
    return other === undefined ? [] : [combine(value, other)];
  });
}
