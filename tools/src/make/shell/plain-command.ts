import { COMMAND_LOOKUP, HASH_LOOKUP, ownCommands, TYPE_LOOKUP } from './commands/index.ts';

/** One command of plain words. */
export interface PlainCommand {
  readonly name: string;
  readonly args: readonly string[];
}

const longest = 2000;

/** Words with nothing in them that the shell would change. */
const WORDS = /(?<!\S)(?:"([^"$`\\]*)"|'([^']*)'|([\w./:@%+=,^-]+))(?!\S)/g;
const QUIET = /\s*(?:2> ?\/dev\/null|2>&1|> ?\/dev\/null 2>&1)\s*$/;

/**
 * Reads commands of plain words joined by `||`, which need no shell: `git rev-parse HEAD 2>/dev/null || echo none`.
 * Undefined where there is anything that only a shell understands.
 */
export function readPlainCommands(text: string): PlainCommand[] | undefined {
  if (text.length > longest) return undefined;
  const commands = text.split('||').map(readPlainCommand);
  const known = commands.filter((command) => command !== undefined);
  return known.length === commands.length ? known : undefined;
}

function readPlainCommand(text: string): PlainCommand | undefined {
  const quiet = QUIET.exec(text)?.[0].trim();
  // What joins or drops standard output needs a shell.
  if (quiet !== undefined && !quiet.startsWith('2> /') && !quiet.startsWith('2>/')) return undefined;
  const rest = text.replace(QUIET, '');
  if (rest.replaceAll(WORDS, '').trim() !== '') return undefined;
  const words = Array.from(rest.matchAll(WORDS), (found) => found[1] ?? found[2] ?? found[3] ?? '');
  const [name, ...args] = words;
  // An assignment before a command (`A=b cmd`) is no name.
  if (name === undefined || name.includes('=')) return undefined;
  return lookUp(name, args);
}

function lookUp(name: string, args: readonly string[]): PlainCommand | undefined {
  if (name === 'command')
    return args[0] === '-v' && args.length === 2 ? { name: COMMAND_LOOKUP, args } : undefined;
  if (name === 'type') return { name: TYPE_LOOKUP, args };
  if (name === 'hash') return { name: HASH_LOOKUP, args };
  if (name === 'echo') return args.some((arg) => /^-|\\/.test(arg)) ? undefined : { name, args };
  if (name === 'pwd' || name === 'true' || name === 'false')
    return args.length === 0 ? { name, args } : undefined;
  return ownCommands.has(name) ? { name, args } : undefined;
}
