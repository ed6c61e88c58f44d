import { COMMAND_LOOKUP, HASH_LOOKUP, ownCommands, TYPE_LOOKUP } from './commands/index.ts';

/** One command of plain words. */
export interface PlainCommand {
  readonly name: string;
  readonly args: readonly string[];
}

const WORD = /^[\w./:@%+=,^-]+$/;
const QUIET = /\s*(?:2> ?\/dev\/null|2>&1|> ?\/dev\/null 2>&1)\s*$/;

/**
 * Reads commands of plain words joined by `||`, which need no shell: `git rev-parse HEAD 2>/dev/null || echo none`.
 * Undefined where there is anything that only a shell understands.
 */
export function readPlainCommands(text: string): PlainCommand[] | undefined {
  const commands = text.split('||').map(readPlainCommand);
  const known = commands.filter((command) => command !== undefined);
  return known.length === commands.length ? known : undefined;
}

function readPlainCommand(text: string): PlainCommand | undefined {
  const quiet = QUIET.exec(text)?.[0].trim();
  // What joins or drops standard output needs a shell.
  if (quiet !== undefined && !quiet.startsWith('2> /') && !quiet.startsWith('2>/')) return undefined;
  const pieces = text.replace(QUIET, '').match(/"[^"$`\\!]*"|'[^']*'|\S+/g) ?? [];
  const words = pieces.map((piece) => {
    const inner = /^(["'])(.*)\1$/s.exec(piece)?.[2];
    if (inner !== undefined) return inner;
    return WORD.test(piece) ? piece : undefined;
  });
  const [name, ...rest] = words.filter((word) => word !== undefined);
  // An assignment before a command (`A=b cmd`) is no name.
  if (name === undefined || rest.length + 1 !== words.length || name.includes('=')) return undefined;
  if (/["'][^\s]|[^\s]["']\S/.test(text.replaceAll(/"[^"]*"|'[^']*'/g, ''))) return undefined;
  return lookUp(name, rest);
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
