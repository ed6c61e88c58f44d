import type { Place } from '../fixtures/place.ts';
import type { Measurement } from '../measurement.ts';

/** What every section is told. */
export interface SectionRequest {
  readonly place: Place;
  /** Smaller fixtures: to see that it works, not to judge. */
  readonly quick: boolean;
  /** How often everything is measured. */
  readonly repetitions: number;
}

/** Makes its fixtures, runs what is compared in turns, and judges it. */
export type Section = (request: SectionRequest) => Promise<readonly Measurement[]>;
