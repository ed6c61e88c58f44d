import type { MakeTarget } from './reading.ts';

/** What a plain look at the lines of a Makefile finds. */
export interface ScannedMakefile {
  readonly targets: readonly MakeTarget[];
  /** Names behind `include`, as far as they are literal. */
  readonly includes: readonly string[];
}

interface ScannedTarget {
  phony: boolean;
  readonly prerequisites: Set<string>;
  readonly orderOnly: Set<string>;
  readonly recipe: string[];
  doubleColon: boolean;
  line: number;
}

const longestLine = 64 * 1024;
const mostTargets = 100_000;

/** Finds the literal rules of a Makefile without evaluating anything: for one that cannot be evaluated to its end. */
export function scanText(text: string, file: string): ScannedMakefile {
  const found = new Map<string, ScannedTarget>();
  const includes = new Set<string>();
  let current: ScannedTarget[] = [];
  let inDefinition = false;
  for (const { line, number } of logicalLines(text)) {
    if (line.length > longestLine || found.size > mostTargets) continue;
    if (line.startsWith('\t')) {
      for (const target of current) target.recipe.push(line.slice(1));
      continue;
    }
    const words = line.trim();
    if (words === '' || words.startsWith('#')) continue;
    if (/^(override |export )*define\b/.test(words)) inDefinition = true;
    if (inDefinition) {
      if (/^endef\b/.test(words)) inDefinition = false;
      continue;
    }
    // A branch of a conditional belongs to the recipe around it as often as not.
    if (/^(ifn?eq|ifn?def|else|endif)\b/.test(words)) continue;
    const include = /^(?:-include|sinclude|include)\s/.exec(words);
    if (include !== null) {
      for (const name of words.slice(include[0].length).split(/\s+/)) if (isLiteral(name)) includes.add(name);
      current = [];
      continue;
    }
    current = takeRule(words, number, found);
  }
  const targets = [...found].map(([name, target]): MakeTarget => ({
    name,
    phony: target.phony,
    prerequisites: [...target.prerequisites],
    orderOnly: [...target.orderOnly],
    recipe: target.recipe,
    doubleColon: target.doubleColon,
    variables: [],
    // Line 0: only `.PHONY` names it.
    ...(target.line === 0 ? {} : { location: { file, line: target.line } }),
  }));
  return { targets, includes: [...includes] };
}

function takeRule(line: string, number: number, found: Map<string, ScannedTarget>): ScannedTarget[] {
  const colon = line.indexOf(':');
  const equals = line.indexOf('=');
  if (colon <= 0 || (equals >= 0 && equals < colon)) return [];
  const doubleColon = line.charAt(colon + 1) === ':';
  const behind = line.slice(colon + (doubleColon ? 2 : 1));
  if (behind.startsWith('=') || behind.startsWith(':=')) return [];
  const names = line.slice(0, colon).replace(/&$/, '').split(/\s+/).filter(isLiteral);
  const semicolon = behind.indexOf(';');
  const comment = behind.indexOf('#');
  const ends = [semicolon, comment].filter((at) => at >= 0);
  const needed = ends.length === 0 ? behind : behind.slice(0, Math.min(...ends));
  if (/^\s*(?:(?:export|override|private)\s+)*[\w.-]+\s*[:+?!]{0,3}=/.test(needed)) return [];
  const [normal = '', orderOnly = ''] = needed.slice(needed.lastIndexOf(':') + 1).split('|');
  if (names.includes('.PHONY')) {
    for (const name of words(normal)) targetOf(found, name, 0).phony = true;
    return [];
  }
  const targets = names.filter((name) => !name.startsWith('.') || name.includes('/'));
  return targets.map((name) => {
    const target = targetOf(found, name, number);
    if (target.line === 0) target.line = number;
    target.doubleColon ||= doubleColon;
    for (const one of words(normal)) target.prerequisites.add(one);
    for (const one of words(orderOnly)) target.orderOnly.add(one);
    if (semicolon >= 0 && (comment < 0 || semicolon < comment)) {
      target.recipe.push(behind.slice(semicolon + 1).trim());
    }
    return target;
  });
}

function targetOf(found: Map<string, ScannedTarget>, name: string, line: number): ScannedTarget {
  let target = found.get(name);
  if (target === undefined) {
    target = {
      phony: false,
      prerequisites: new Set(),
      orderOnly: new Set(),
      recipe: [],
      doubleColon: false,
      line,
    };
    found.set(name, target);
  }
  return target;
}

function words(text: string): string[] {
  return text.split(/\s+/).filter(isLiteral);
}

function isLiteral(name: string): boolean {
  return name !== '' && !/[$%*?[\]{}()"'`<>\\]/.test(name);
}

function* logicalLines(text: string): Generator<{ line: string; number: number }> {
  let number = 0;
  let parts: string[] = [];
  let start = 1;
  for (const written of text.split('\n')) {
    number += 1;
    const physical = written.endsWith('\r') ? written.slice(0, -1) : written;
    if (parts.length === 0) start = number;
    if (physical.endsWith('\\')) {
      parts.push(physical.slice(0, -1));
      continue;
    }
    parts.push(physical);
    yield { line: parts.join(' '), number: start };
    parts = [];
  }
  if (parts.length > 0) yield { line: parts.join(' '), number: start };
}
