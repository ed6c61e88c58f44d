import type { Evaluation } from './evaluation.ts';
import { glob, hasGlob } from './glob.ts';
import { valueOf } from './expansion.ts';
import { isBlank, isSpace, skipSpace } from './words.ts';

/** How a list of file names is to be read. */
export interface NameRules {
  /** Leading `./` goes. */
  readonly strip: boolean;
  /** Patterns are replaced by the files they match; those that match none stay. */
  readonly glob: boolean;
  /** The list ends before this character. */
  readonly stop?: number;
}

/** What every rule line does with its names. */
export const ruleNames: NameRules = { strip: true, glob: true };

/** Reads a list of file names; a backslash quotes a blank, or the character that ends the list. */
export function parseNames(
  run: Evaluation,
  text: string,
  rules: NameRules,
  from = 0,
): { names: string[]; end: number } {
  const names: string[] = [];
  const stop = rules.stop ?? -1;
  let at = from;
  for (;;) {
    at = skipSpace(text, at);
    if (at >= text.length || text.charCodeAt(at) === stop) break;
    const start = at;
    let slashes = false;
    while (at < text.length) {
      const code = text.charCodeAt(at);
      if (code === 92) {
        slashes = true;
        at += 2;
      } else if (isBlank(code) || code === stop) break;
      else at += 1;
    }
    if (at > text.length) at = text.length;
    let name = text.slice(start, at);
    if (slashes) name = unquote(name, stop);
    const open = name.indexOf('(');
    if (open > 0 && !name.endsWith(')')) {
      const close = text.indexOf(')', at);
      if (close > 0 && isArchive(text, close)) {
        const members = text.slice(start + open + 1, close).split(/\s+/);
        for (const member of members) if (member !== '') names.push(`${name.slice(0, open)}(${member})`);
        at = close + 1;
        continue;
      }
    }
    addName(run, name, rules, names);
  }
  return { names, end: at };
}

function isArchive(text: string, close: number): boolean {
  return close + 1 >= text.length || isSpace(text.charCodeAt(close + 1));
}

function addName(run: Evaluation, written: string, rules: NameRules, names: string[]): void {
  let name = rules.strip ? withoutDot(written) : written;
  if (name.startsWith('~')) name = withHome(run, name);
  if (rules.glob && hasGlob(name)) {
    const found = glob(name, run.disk, run.budget);
    if (found.length > 0) {
      for (const one of found) names.push(one);
      return;
    }
  }
  names.push(name);
}

function unquote(name: string, stop: number): string {
  let output = '';
  for (let at = 0; at < name.length; at += 1) {
    let slashes = 0;
    while (name.charCodeAt(at + slashes) === 92) slashes += 1;
    if (slashes > 0) {
      const next = name.charCodeAt(at + slashes);
      const quotes = isBlank(next) || next === stop;
      output += '\\'.repeat(quotes ? Math.floor(slashes / 2) : slashes);
      at += slashes;
    }
    output += name.charAt(at);
  }
  return output;
}

function withoutDot(name: string): string {
  let at = 0;
  while (name.length - at > 2 && name.startsWith('./', at)) {
    at += 2;
    while (name.charCodeAt(at) === 47) at += 1;
  }
  return at === 0 ? name : at >= name.length ? './' : name.slice(at);
}

function withHome(run: Evaluation, name: string): string {
  if (name !== '~' && !name.startsWith('~/')) return name;
  const home = valueOf(run, 'HOME');
  return home === '' ? name : home + name.slice(1);
}
