import type { Location, MakeVariable } from '../reading.ts';

/** A variable as the database prints it, with the place that its last assignment stands at. */
export interface PrintedVariable extends MakeVariable {
  readonly name: string;
  readonly location?: Location;
}

/** What stands above each variable: where its value comes from. */
export interface OriginComment {
  readonly origin: MakeVariable['origin'];
  readonly location?: Location;
}

const origins: readonly (readonly [string, MakeVariable['origin']])[] = [
  ['makefile', 'file'],
  ["'override' directive", 'file'],
  ["`override' directive", 'file'],
  ['environment', 'environment'],
  ['default', 'default'],
  ['automatic', 'automatic'],
  ['command line', 'command line'],
];

/** Reads `# makefile (from 'Makefile', line 3)` and its like; undefined for any other line. */
export function parseOriginComment(line: string): OriginComment | undefined {
  if (!line.startsWith('# ')) return undefined;
  for (const [text, origin] of origins) {
    if (!line.startsWith(text, 2)) continue;
    const rest = line.slice(2 + text.length);
    const location = parseFrom(rest);
    if (location !== undefined) return { origin, location };
    if (rest === '' || rest === ' private' || rest === ' under -e') return { origin };
  }
  return undefined;
}

/** Reads `(from 'Makefile', line 3)` at the end of a comment; make 3.81 opens its quotes with a backtick. */
export function parseFrom(text: string): Location | undefined {
  const found = /\(from ['`](.*)', line (\d+)\):?$/.exec(text);
  const [, file, line] = found ?? [];
  return file === undefined || line === undefined ? undefined : { file, line: Number(line) };
}

const ends = new Set(['# variable set hash-table stats:', '# Pattern-specific Variable Values', '# Files']);

/** Reads the global variables of the section that starts at `start`. Names that come twice keep the last value. */
export function parseVariables(lines: readonly string[], start: number): Map<string, PrintedVariable> {
  const variables = new Map<string, PrintedVariable>();
  let at = start;
  while (at < lines.length) {
    const line = lines[at] ?? '';
    if (ends.has(line)) break;
    const comment = parseOriginComment(line);
    at += 1;
    if (comment === undefined) continue;
    // A simple variable whose value holds newlines is printed as it is: only the next comment ends it.
    const printed: string[] = [];
    while (at < lines.length) {
      const next = lines[at] ?? '';
      if (parseOriginComment(next) !== undefined || ends.has(next)) break;
      printed.push(next);
      at += 1;
    }
    const variable = parseDefinition(printed);
    if (variable !== undefined) variables.set(variable.name, { ...variable, ...comment });
  }
  return variables;
}

/** Reads `NAME = value`, `NAME := value` (dollars printed doubled), or `define NAME` up to `endef`. */
export function parseDefinition(
  printed: readonly string[],
): Pick<PrintedVariable, 'name' | 'value' | 'flavor'> | undefined {
  const [first = '', ...others] = printed;
  const defined = /^define (\S+)(?: (:?)=)?$/.exec(first);
  if (defined?.[1] !== undefined) {
    const end = others.lastIndexOf('endef');
    const body = end < 0 ? others : others.slice(0, end);
    return { name: defined[1], value: body.join('\n'), flavor: defined[2] === ':' ? 'simple' : 'recursive' };
  }
  const assigned = /^(\S+) (:*)= ?/.exec(first);
  if (assigned?.[1] === undefined) return undefined;
  const text = [first.slice(assigned[0].length), ...others].join('\n');
  const simple = assigned[2] !== '';
  return {
    name: assigned[1],
    value: unwrapBlank(simple ? text.replaceAll('$$', '$') : text),
    flavor: simple ? 'simple' : 'recursive',
  };
}

/** make prints a value of nothing but blanks as `$(subst ,,   )`, to keep them visible. */
function unwrapBlank(value: string): string {
  const blank = /^\$\(subst ,,(\s*)\)$/.exec(value);
  return blank?.[1] ?? value;
}
