import type { Place } from '../fixtures/place.ts';
import type { Measurement } from '../measurement.ts';

/** What every section is told. */
export interface SectionRequest {
  readonly place: Place;
  /** Fewer repetitions and smaller fixtures: to see that it works, not to judge. */
  readonly quick: boolean;
}

/** Makes its fixtures, runs what is compared in turns, and judges it. */
export type Section = (request: SectionRequest) => Promise<readonly Measurement[]>;
