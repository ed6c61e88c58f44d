import { execFile } from 'node:child_process';
import { basename, dirname } from 'node:path';
import type { MakeReading } from '../../reading.ts';
import { specialTargets } from '../collect-targets.ts';
import { builtinSuffixes } from '../builtin-variables.ts';

/** Rules as lines that can be compared: `name: normal | order-only`, phony ones with `!` in front. */
export interface ComparableRules {
  readonly rules: readonly string[];
  readonly goal: string;
  readonly problem: string;
}

/** What real make says of a Makefile. Runs its shell calls: for trusted snippets and throw-away copies only. */
export async function realRules(
  makefile: string,
  environment: Readonly<Record<string, string>>,
): Promise<ComparableRules> {
  const args = ['-pq', '-f', basename(makefile), '--eval=.__read__:', '.__read__'];
  const { stdout, stderr } = await new Promise<{ stdout: string; stderr: string }>((done) => {
    execFile(
      'make',
      args,
      { cwd: dirname(makefile), env: environment, maxBuffer: 256 * 1024 * 1024, timeout: 60_000 },
      (_error, out, err) => {
        done({ stdout: out, stderr: err });
      },
    );
  });
  const stop = stderr.split('\n').find((line) => line.includes('***') && line.endsWith('Stop.')) ?? '';
  return { ...parseDatabase(stdout), problem: stop };
}

/** The same of a reading. */
export function readRules(reading: MakeReading): ComparableRules {
  const rules = reading.targets.map((target) => {
    const normal = words(target.prerequisites.join(' '));
    return comparable(target.name, target.phony, normal, words(target.orderOnly.join(' ')));
  });
  return { rules: rules.sort(), goal: reading.defaultGoal ?? '', problem: reading.problem ?? '' };
}

function parseDatabase(text: string): { rules: string[]; goal: string } {
  // A recursive make prints its own database before the one that was asked for.
  const goal = [...text.matchAll(/^\.DEFAULT_GOAL :?= (.*)$/gm)].at(-1)?.[1] ?? '';
  const lines = text.slice(text.lastIndexOf('\n# Files\n')).split('\n');
  const found = new Map<string, { phony: boolean; normal: string[]; orderOnly: string[] }>();
  const suffixes = new Set(builtinSuffixes);
  let previous = '';
  let last: { phony: boolean } | undefined;
  for (const line of lines) {
    if (line.startsWith('#  Phony target') && last !== undefined) last.phony = true;
    if (line === '' || line.startsWith('#') || line.startsWith('\t')) {
      previous = line;
      continue;
    }
    const match = /^(.*?)(::?)(?: (.*))?$/.exec(line);
    const [, name = '', , rest = ''] = match ?? [];
    // Variables of a target stand below its rule, each behind a comment that says where it comes from.
    const isVariable = /^# (makefile|'override'|environment|default|automatic|command)/.test(previous);
    const isTarget = previous !== '# Not a target:';
    previous = line;
    if (isVariable) continue;
    last = undefined;
    if (match === null || !isTarget || name === '.__read__') continue;
    if (name === '.SUFFIXES') for (const suffix of words(rest)) suffixes.add(suffix);
    const entry = found.get(name) ?? { phony: false, normal: [], orderOnly: [] };
    found.set(name, entry);
    last = entry;
    const [normal = '', ...behind] = ` ${rest} `.split(' | ');
    const orderOnly = behind.join(' | ');
    entry.normal.push(...words(normal));
    entry.orderOnly.push(...words(orderOnly));
  }
  const rules = [...found]
    .filter(([name]) => !specialTargets.has(name) && !isSuffixRule(suffixes, name))
    .map(([name, { phony, normal, orderOnly }]) => comparable(name, phony, normal, orderOnly));
  return { rules: rules.sort(), goal };
}

function isSuffixRule(suffixes: ReadonlySet<string>, name: string): boolean {
  if (suffixes.has(name)) return true;
  return [...suffixes].some((one) => name.startsWith(one) && suffixes.has(name.slice(one.length)));
}

function comparable(name: string, phony: boolean, normal: string[], orderOnly: string[]): string {
  const first = [...new Set(normal)].filter((one) => one !== '.WAIT');
  const second = [...new Set(orderOnly)].filter((one) => one !== '.WAIT' && !first.includes(one));
  const behind = second.length === 0 ? '' : ` | ${second.join(' ')}`;
  return `${phony ? '!' : ''}${name}: ${first.join(' ')}${behind}`;
}

function words(text: string): string[] {
  return text.split(/\s+/).filter((word) => word !== '');
}
