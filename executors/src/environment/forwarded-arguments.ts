/** What was written after an executor's own options on the command line of nx. */
export interface Forwarding {
  /** What Nx passes on: everything that it does not take itself, or what follows `--`. */
  readonly passed: readonly string[];
  /** The arguments of the nx process, where they are known. */
  readonly raw: readonly string[];
  /** Names of the executor's own options. */
  readonly own: readonly string[];
}

/** The words to be added to a command: all that follows `--`; without that, all but the executor's own options. */
export function forwardedArguments({ passed, raw, own }: Forwarding): string[] {
  if (followsDashes(passed, raw)) return [...passed];
  const forwarded: string[] = [];
  for (let index = 0; index < passed.length; index++) {
    const word = passed[index] ?? '';
    const name = optionName(word);
    if (name === undefined || !own.includes(name)) forwarded.push(word);
    // Nx reads a word after it as its value, unless that is an option itself.
    else if (!word.includes('=') && passed[index + 1]?.startsWith('-') === false && !word.startsWith('--no-'))
      index++;
  }
  return forwarded;
}

/** Whether the words passed on are those after `--`: then none of them is an option of ours, whatever it is called. */
export function followsDashes(passed: readonly string[], raw: readonly string[]): boolean {
  const end = raw.indexOf('--');
  return end >= 0 && passed.length > 0 && JSON.stringify(raw.slice(end + 1)) === JSON.stringify(passed);
}

/** `workingFolder` for `--workingFolder=x`, `--working-folder` and `--no-...`. */
function optionName(word: string): string | undefined {
  const name = /^--(?:no-)?([A-Za-z][\w-]*)(?:=|$)/.exec(word)?.[1];
  return name?.replaceAll(/-([a-z])/g, (_, letter: string) => letter.toUpperCase());
}

/** The value of the last `--name=value` or `--name value` (or another name of it) before `--`. */
export function rawOption(raw: readonly string[], ...names: readonly string[]): string | undefined {
  const end = raw.indexOf('--');
  const words = end < 0 ? raw : raw.slice(0, end);
  let value: string | undefined;
  for (const [index, word] of words.entries()) {
    for (const name of names) {
      if (word === name) value = words[index + 1] ?? value;
      else if (word.startsWith(`${name}=`)) value = word.slice(name.length + 1);
    }
  }
  return value;
}
