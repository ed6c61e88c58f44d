import type { MakeReading, MakeTarget } from '../reading.ts';

const longestName = 200;
const longestLine = 2000;
const mostLines = 2000;

/**
 * The part of a reading that is worth understanding: no names that nobody could type, and of recipes only as much as
 * people write. What looks at text can then take long only in proportion.
 */
export function tameReading(reading: MakeReading): MakeReading {
  const targets = reading.targets.filter(({ name }) => name.length <= longestName).map(tameTarget);
  return { ...reading, targets };
}

function tameTarget(target: MakeTarget): MakeTarget {
  const { recipe } = target;
  if (recipe.length <= mostLines && recipe.every((line) => line.length <= longestLine)) return target;
  return { ...target, recipe: recipe.slice(0, mostLines).map((line) => line.slice(0, longestLine)) };
}
