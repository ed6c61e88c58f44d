import path from 'node:path';
import { secretHider } from '@switchyard/tools/process';

/**
 * The nx command as a person would name it, from the arguments of its process: `nx run-many -t test`. Without make
 * variables: their values are long, or secret. Undefined where the arguments are not known.
 */
export function nxCommand(
  raw: readonly string[],
  environment: Readonly<Record<string, string | undefined>>,
): string | undefined {
  if (raw.length === 0) return undefined;
  // Nx gives them as they are for the process: Node and the script come first.
  const given = path.isAbsolute(raw[0] ?? '') ? raw.slice(2) : raw;
  const words = given.filter((word, index) => {
    const isValue = /^--[A-Z][A-Z0-9_]*$/.test(given[index - 1] ?? '') && !word.startsWith('-');
    return !isValue && !/^--[A-Z][A-Z0-9_]*(?:=|$)/.test(word);
  });
  return secretHider(environment)(['nx', ...words].join(' '));
}
