/** One simple command of a shell line: its words, without quotes, and the assignments in front of them. */
export interface ShellCommand {
  readonly words: readonly string[];
  readonly assignments: Readonly<Record<string, string>>;
}

const mostCommands = 500;
const token =
  /\s+|(&&|\|\||[;|&(){}\n])|(?:'[^']*'|"(?:[^"\\]|\\.)*"|\\.|\$\([^()]*\)|[^\s;|&(){}'"\\]|[{}])+|./gsy;
/** Words that stand before a command and are none themselves. */
const before = new Set([
  'if',
  'then',
  'else',
  'elif',
  'while',
  'until',
  'do',
  '!',
  'time',
  'exec',
  'sudo',
  'env',
  'nohup',
]);

/**
 * The commands of a shell line, in order, as far as they can be seen without a shell. In doubt a word stays as it is
 * written: what stands in a variable or a substitution is not known here.
 */
export function shellCommands(line: string): readonly ShellCommand[] {
  const commands: ShellCommand[] = [];
  let words: string[] = [];
  const end = (): void => {
    if (words.length > 0) commands.push(simpleCommand(words));
    words = [];
  };
  token.lastIndex = 0;
  for (const [text, operator] of line.matchAll(token)) {
    if (commands.length >= mostCommands) return commands;
    // `{` and `}` alone are a group; in a word they are not.
    if (operator !== undefined) end();
    else if (text.trim() !== '') {
      if (text.startsWith('#')) break;
      words.push(unquote(text));
    }
  }
  end();
  return commands;
}

function simpleCommand(all: readonly string[]): ShellCommand {
  const assignments: Record<string, string> = {};
  const words = [...all];
  for (let word = words[0]; word !== undefined; word = words[0]) {
    const [, name, value] = /^([A-Za-z_]\w*)=(.*)$/s.exec(word) ?? [];
    if (name !== undefined) assignments[name] = value ?? '';
    else if (!before.has(word)) break;
    words.shift();
  }
  return { words, assignments };
}

function unquote(word: string): string {
  return word.replace(
    /'([^']*)'|"((?:[^"\\]|\\.)*)"|\\(.)/gs,
    (_whole, single?: string, double?: string, escaped?: string) =>
      single ?? double?.replace(/\\([$`"\\])/g, '$1') ?? escaped ?? '',
  );
}
