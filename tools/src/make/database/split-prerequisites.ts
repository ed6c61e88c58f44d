/** The two kinds of prerequisites, each name once. */
export interface SplitPrerequisites {
  readonly prerequisites: readonly string[];
  readonly orderOnly: readonly string[];
}

/**
 * Splits what stands behind a target's colon. make prints names unquoted, so a name that holds blanks is told from
 * several names by `known`: every prerequisite has an entry of its own in the database. The longest known name wins.
 */
export function splitPrerequisites(
  behind: string,
  known: ReadonlyMap<string, readonly string[]>,
): SplitPrerequisites {
  const prerequisites = new Set<string>();
  const orderOnly = new Set<string>();
  let into = prerequisites;
  let at = 0;
  while (at < behind.length) {
    if (behind[at] === ' ') {
      at += 1;
      continue;
    }
    const blank = behind.indexOf(' ', at);
    const word = blank < 0 ? behind.slice(at) : behind.slice(at, blank);
    const spaced = known.get(word)?.find((name) => {
      const end = at + name.length;
      return behind.startsWith(name, at) && (end === behind.length || behind[end] === ' ');
    });
    const name = spaced ?? word;
    at += name.length;
    if (name === '|') into = orderOnly;
    else into.add(name);
  }
  // make drops an order-only prerequisite that is a normal one as well.
  return {
    prerequisites: [...prerequisites],
    orderOnly: [...orderOnly].filter((name) => !prerequisites.has(name)),
  };
}

/** Names that hold blanks, by their first word, the longest first. */
export function indexSpacedNames(names: Iterable<string>): Map<string, readonly string[]> {
  const index = new Map<string, string[]>();
  for (const name of names) {
    const blank = name.indexOf(' ');
    if (blank <= 0) continue;
    const word = name.slice(0, blank);
    const list = index.get(word);
    if (list === undefined) index.set(word, [name]);
    else list.push(name);
  }
  for (const list of index.values()) list.sort((a, b) => b.length - a.length);
  return index;
}
