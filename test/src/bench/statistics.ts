/** The middle of the samples: half are at or below it. @throws RangeError where there are none. */
export function median(samples: readonly number[]): number {
  return quantile(samples, 0.5);
}

/** The sample below which a share of all lies, between two neighbours on a straight line. @throws RangeError where there are none. */
export function quantile(samples: readonly number[], share: number): number {
  const sorted = samples.toSorted((a, b) => a - b);
  const place = (sorted.length - 1) * share;
  const below = sorted[Math.floor(place)];
  const above = sorted[Math.ceil(place)];
  if (below === undefined || above === undefined) throw new RangeError('There is no sample.');
  return below + (above - below) * (place - Math.floor(place));
}

/** How far the samples lie apart: largest less smallest, as a share of the median. */
export function spread(samples: readonly number[]): number {
  const middle = median(samples);
  return middle === 0 ? 0 : (Math.max(...samples) - Math.min(...samples)) / Math.abs(middle);
}
