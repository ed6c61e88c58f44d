import type { Disk } from './disk.ts';
import type { Budget } from './limits.ts';
import { LimitReached } from './stops.ts';

const mostFiles = 200_000;

/** Whether a name holds a character that makes it a pattern of files. */
export function hasGlob(name: string): boolean {
  for (let at = 0; at < name.length; at += 1) {
    const code = name.charCodeAt(at);
    if (code === 42 || code === 63 || code === 91) return true;
  }
  return false;
}

/** The files that a shell pattern names, in order; a plain name gives itself where it exists. */
export function glob(pattern: string, disk: Disk, budget: Budget): string[] {
  if (!hasGlob(pattern)) {
    budget.step(8);
    const plain = pattern.replaceAll(/\\(.)/g, '$1');
    return plain !== '' && disk.exists(plain) ? [plain] : [];
  }
  const parts = pattern.split('/');
  let found = [''];
  for (const [index, part] of parts.entries()) {
    const last = index === parts.length - 1;
    const next: string[] = [];
    for (const base of found) {
      budget.step(4);
      if (part === '') {
        if (!last || disk.isFolder(base === '' ? '/' : base)) next.push(last ? base : `${base}/`);
      } else if (hasGlob(part)) matchIn(base, part, last, next, disk, budget);
      else plainIn(base, part.replaceAll(/\\(.)/g, '$1'), last, next, disk);
    }
    found = next;
    if (found.length > mostFiles) throw new LimitReached('a pattern matched too many files');
  }
  return found.sort();
}

function plainIn(base: string, part: string, last: boolean, next: string[], disk: Disk): void {
  const path = base + part;
  if (last ? disk.exists(path) : disk.isFolder(path)) next.push(last ? path : `${path}/`);
}

function matchIn(
  base: string,
  part: string,
  last: boolean,
  next: string[],
  disk: Disk,
  budget: Budget,
): void {
  for (const entry of disk.list(base === '' ? '.' : base) ?? []) {
    budget.step();
    if (entry.name.startsWith('.') && !part.startsWith('.')) continue;
    if (!matches(part, entry.name)) continue;
    const path = base + entry.name;
    if (last) next.push(path);
    else if (entry.folder || disk.isFolder(path)) next.push(`${path}/`);
  }
  // `.` and `..` are entries too, for a pattern such as `.*`.
  if (part.startsWith('.')) {
    for (const name of ['.', '..']) if (matches(part, name)) next.push(base + name + (last ? '' : '/'));
  }
}

/** Whether a name matches a shell pattern without slashes. Takes at most pattern × name steps. */
export function matches(pattern: string, name: string): boolean {
  let at = 0;
  let p = 0;
  let star = -1;
  let mark = 0;
  while (at < name.length) {
    if (pattern[p] === '*') {
      star = p;
      p += 1;
      mark = at;
      continue;
    }
    const next = p < pattern.length ? one(pattern, p, name.charAt(at)) : -1;
    if (next >= 0) {
      p = next;
      at += 1;
    } else if (star >= 0) {
      p = star + 1;
      mark += 1;
      at = mark;
    } else return false;
  }
  while (pattern[p] === '*') p += 1;
  return p === pattern.length;
}

/** The position after the element of the pattern at `p` where it takes the character, or -1. */
function one(pattern: string, p: number, character: string): number {
  const c = pattern.charAt(p);
  if (c === '?') return p + 1;
  if (c === '\\' && p + 1 < pattern.length) return pattern[p + 1] === character ? p + 2 : -1;
  if (c !== '[') return c === character ? p + 1 : -1;
  let at = p + 1;
  const negated = pattern[at] === '!' || pattern[at] === '^';
  if (negated) at += 1;
  const first = at;
  let hit = false;
  while (at < pattern.length && (pattern[at] !== ']' || at === first)) {
    const low = pattern.charAt(at);
    if (low === '[' && pattern[at + 1] === ':') {
      const end = pattern.indexOf(':]', at + 2);
      if (end > 0) {
        if (inClass(pattern.slice(at + 2, end), character)) hit = true;
        at = end + 2;
        continue;
      }
    }
    if (pattern[at + 1] === '-' && at + 2 < pattern.length && pattern[at + 2] !== ']') {
      if (character >= low && character <= pattern.charAt(at + 2)) hit = true;
      at += 3;
    } else {
      if (low === character) hit = true;
      at += 1;
    }
  }
  if (at >= pattern.length) return character === '[' ? p + 1 : -1;
  return hit !== negated ? at + 1 : -1;
}

function inClass(name: string, character: string): boolean {
  if (name === 'digit') return character >= '0' && character <= '9';
  if (name === 'upper') return character >= 'A' && character <= 'Z';
  if (name === 'lower') return character >= 'a' && character <= 'z';
  if (name === 'alpha') return inClass('upper', character) || inClass('lower', character);
  if (name === 'alnum') return inClass('alpha', character) || inClass('digit', character);
  if (name === 'space') return character === ' ' || character === '\t';
  return false;
}
