import { COMMAND_LOOKUP, HASH_LOOKUP, TYPE_LOOKUP } from './commands/index.ts';
import type { ScriptNode, SimpleCommandNode, WordNode } from 'just-bash';

/** Name of the command that prints the folders a glob with a closing slash means. */
export const FOLDERS_COMMAND = 'switchyard-folders';
/** Name of the command that a program of the project is run by. */
export const RUN_COMMAND = 'switchyard-run';

/**
 * Changes a parsed script so that what the engine answers from its own inside is asked of our commands:
 * `command -v`, `type`, `hash`, globs that end in a slash (the engine takes files for folders there),
 * and programs called by their path.
 */
export function adaptScript(script: ScriptNode, parse: (text: string) => ScriptNode): ScriptNode {
  visit(script, parse);
  return script;
}

function visit(node: unknown, parse: (text: string) => ScriptNode): void {
  if (Array.isArray(node)) {
    for (const child of node) visit(child, parse);
    return;
  }
  if (!isObject(node)) return;
  if (isSimpleCommand(node)) {
    adaptCommand(node);
    adaptFolderGlobs(node.args, parse);
  }
  if (isForLoop(node)) adaptFolderGlobs(node.words ?? [], parse);
  for (const child of Object.values(node)) visit(child, parse);
}

function adaptCommand(command: SimpleCommandNode): void {
  const name = command.name === null ? undefined : literal(command.name);
  const first = command.args[0] === undefined ? undefined : literal(command.args[0]);
  if (name === 'command' && (first === '-v' || first === '-V')) command.name = word(COMMAND_LOOKUP);
  else if (name === 'type') command.name = word(TYPE_LOOKUP);
  else if (name === 'hash' && first !== undefined && !first.startsWith('-')) command.name = word(HASH_LOOKUP);
  else if (command.name !== null && callsByPath(command.name)) {
    command.args.unshift(command.name);
    command.name = word(RUN_COMMAND);
  }
}

function callsByPath(name: WordNode): boolean {
  const text = literal(name);
  if (text !== undefined) return text.includes('/') && !/^(?:\/usr)?\/bin\//.test(text);
  return name.parts.some((part) => part.type === 'Literal' && part.value.includes('/'));
}

function adaptFolderGlobs(words: readonly WordNode[], parse: (text: string) => ScriptNode): void {
  for (const each of words) {
    const pattern = folderGlob(each);
    if (pattern === undefined) continue;
    const body = parse(`${FOLDERS_COMMAND} '${pattern}'`);
    each.parts = [{ type: 'CommandSubstitution', body, legacy: false }];
  }
}

/** The text of a word made of nothing but plain text and glob signs that ends in a slash. */
function folderGlob({ parts }: WordNode): string | undefined {
  const texts = parts.map((part) =>
    part.type === 'Glob' ? part.pattern : part.type === 'Literal' ? part.value : undefined,
  );
  if (!parts.some((part) => part.type === 'Glob') || texts.includes(undefined)) return undefined;
  const text = texts.join('');
  return text.endsWith('/') && /^[\w./*?[\]@%+,-]+$/.test(text) ? text : undefined;
}

function literal({ parts }: WordNode): string | undefined {
  const [part, ...rest] = parts;
  return part?.type === 'Literal' && rest.length === 0 ? part.value : undefined;
}

function word(value: string): WordNode {
  return { type: 'Word', parts: [{ type: 'Literal', value }] };
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}

function isSimpleCommand(node: object): node is SimpleCommandNode {
  return 'type' in node && node.type === 'SimpleCommand' && 'args' in node && Array.isArray(node.args);
}

function isForLoop(node: object): node is { words: WordNode[] | null } {
  return 'type' in node && node.type === 'For' && 'words' in node;
}
