import path from 'node:path';
import type { MakeReading } from '../reading.ts';

/** Variables that name variables can stand for far more text than anybody means. */
const mostReplacements = 100;
const deepest = 4;
const longestValue = 500;

const reference = /\$(?:\(([\w.-]+)\)|\{([\w.-]+)\})/g;
const call = /\$(?:\(call\s+([\w.-]+)((?:,[^(),$]*)*)\)|\{call\s+([\w.-]+)((?:,[^{},$]*)*)\})/g;

/**
 * A text of a Makefile with `$(NAME)` and `$(call NAME,words)` replaced by what the makefiles set them to, some levels
 * deep. Other functions stay as they are, and so does what comes from the environment.
 */
export function expandText(text: string, reading: MakeReading): string {
  return expand(text, reading, 0, { left: mostReplacements });
}

function expand(text: string, reading: MakeReading, depth: number, replacements: { left: number }): string {
  if (depth > deepest || !text.includes('$')) return text;
  const replace = (whole: string, name: string, prepare: (value: string) => string): string => {
    if (name === 'CURDIR' || name === 'PWD') return path.dirname(reading.makefile);
    const variable = reading.variables[name];
    if (variable?.origin !== 'file' || variable.value.length > longestValue) return whole;
    replacements.left -= 1;
    if (replacements.left < 0) return whole;
    return expand(prepare(variable.value), reading, depth + 1, replacements);
  };
  const plain = text.replace(reference, (whole: string, round?: string, curly?: string) =>
    replace(whole, round ?? curly ?? '', (value) => value),
  );
  if (!plain.includes('call')) return plain;
  return plain.replace(
    call,
    (whole: string, round?: string, words?: string, curly?: string, others?: string) =>
      replace(whole, round ?? curly ?? '', (value) => fillIn(value, (words ?? others ?? '').split(','))),
  );
}

/** Puts the words of a call in the place of `$(1)`, `$2` ...; the first of `words` is in front of the first comma. */
function fillIn(value: string, words: readonly string[]): string {
  return value.replace(
    /\$(?:\((\d)\)|\{(\d)\}|(\d))/g,
    (_whole, round?: string, curly?: string, bare?: string) =>
      (words[Number(round ?? curly ?? bare)] ?? '').trim(),
  );
}
