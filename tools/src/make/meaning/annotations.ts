import { kinds, type Kind } from './kind.ts';

/** What a target's comment says about how to run it: `## Build the site @outputs(site) @timeout(10m)`. */
export interface Annotations {
  readonly kind?: Kind;
  readonly outputs: readonly string[];
  readonly inputs: readonly string[];
  readonly environment: readonly string[];
  readonly locks: readonly string[];
  /** As written, such as `10m`. */
  readonly timeout?: string;
  /** The comment without the annotations. */
  readonly text: string;
}

const withArguments = /(^|\s)@(outputs|inputs|env|lock|timeout)\(([^)]*)\)/g;
const kindWords = new RegExp(`(^|\\s)@(${kinds.join('|')})(?=\\s|$)`, 'g');

/** Takes the annotations out of a comment. An unknown `@word` stays text. */
export function readAnnotations(comment: string): Annotations {
  const lists: Record<string, string[]> = { outputs: [], inputs: [], env: [], lock: [], timeout: [] };
  let kind: Kind | undefined;
  const text = comment
    .replace(withArguments, (_all, before: string, name: string, list: string) => {
      lists[name]?.push(...list.split(/[\s,]+/).filter((item) => item !== ''));
      return before;
    })
    .replace(kindWords, (_all, before: string, word: string) => {
      kind = kinds.find((candidate) => candidate === word);
      return before;
    });
  const timeout = lists['timeout']?.at(-1);
  return {
    ...(kind === undefined ? {} : { kind }),
    ...(timeout === undefined ? {} : { timeout }),
    outputs: lists['outputs'] ?? [],
    inputs: lists['inputs'] ?? [],
    environment: lists['env'] ?? [],
    locks: lists['lock'] ?? [],
    text: text.replace(/\s+/g, ' ').trim(),
  };
}
