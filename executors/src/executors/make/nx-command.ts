import { secretHider } from '@switchyard/tools/process';

/**
 * The nx command as a person would name it, from the arguments of its process: `nx run-many -t test`. Without make
 * variables: their values are long, or secret. Undefined where the arguments are not known.
 */
export function nxCommand(
  raw: readonly string[],
  environment: Readonly<Record<string, string | undefined>>,
): string | undefined {
  // `node /work/node_modules/.bin/nx test jobs`, where the whole command line is known.
  const program = raw.findIndex((word) => /^(?:.*[/\\])?nx(?:\.js)?$/.test(word));
  const given = raw.slice(program + 1);
  if (given.length === 0) return undefined;
  const words = given.filter((word, index) => {
    const isValue = /^--[A-Z][A-Z0-9_]*$/.test(given[index - 1] ?? '') && !word.startsWith('-');
    return !isValue && !/^--[A-Z][A-Z0-9_]*(?:=|$)/.test(word);
  });
  return secretHider(environment)(['nx', ...words].join(' '));
}
