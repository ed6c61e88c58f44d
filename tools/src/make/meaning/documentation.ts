import type { Patience } from './patience.ts';

/** Longer ones are data, not words for people; regular expressions may take the square of their length. */
const longestLine = 1000;
const longestBlock = 100;

/** `name other: prerequisites ## text`; no assignment, no recipe line. */
const rule = /^([^\s#:=][^#:=]*?)\s*&?::?(?!=)(?:[^#]*?##\s?(.*))?/;
const ornament = /^[-=#*_\s]*$/;

/**
 * The comment of each target, from one makefile's text: `target: ## text`, or else the comment block above the rule,
 * or else its line in the recipe of `help`.
 */
export function readDocumentation(makefile: string, patience?: Patience): ReadonlyMap<string, string> {
  const beside = new Map<string, string>();
  const above = new Map<string, string>();
  let block: string[] = [];
  const lines = makefile.split('\n').map((line) => line.slice(0, longestLine));
  for (const line of lines) {
    patience?.step();
    if (line.startsWith('#')) {
      block.push(line);
      continue;
    }
    if (line.startsWith('.PHONY')) continue;
    const found = line.startsWith('\t') ? null : rule.exec(line);
    if (found !== null) {
      for (const name of (found[1] ?? '').split(/\s+/)) {
        const text = found[2]?.trim();
        if (text !== undefined && text !== '') keep(beside, name, text);
        else if (!above.has(name)) keep(above, name, blockText(block.slice(-longestBlock), name));
      }
    }
    block = [];
  }
  return new Map([...helpLines(lines, patience), ...above, ...beside]);
}

function keep(docs: Map<string, string>, name: string, text: string): void {
  if (text !== '' && !docs.has(name)) docs.set(name, text);
}

/** The first paragraph of a comment block; `##@ Section` titles and ornaments are not about the target. */
function blockText(block: readonly string[], name: string): string {
  const lines: string[] = [];
  for (const line of block.toReversed()) {
    const text = line.replace(/^#+/, '').trim();
    if (ornament.test(text) || line.startsWith('##@')) break;
    lines.unshift(text);
  }
  const text = lines.join(' ');
  return text.startsWith(`${name}:`) ? text.slice(name.length + 1).trim() : text;
}

/** `@echo "make NAME - text"` lines, the way many `help` targets are written. */
function helpLines(lines: readonly string[], patience: Patience | undefined): Map<string, string> {
  const docs = new Map<string, string>();
  for (const line of lines) {
    patience?.step();
    if (!line.startsWith('\t') || !line.includes('make ')) continue;
    const echo = line.search(/echo|printf|info/);
    if (echo < 0) continue;
    const [, name, text] = /\bmake ([\w./:-]+)\s+[-–:]?\s*([^"'\n]+)/.exec(line.slice(echo)) ?? [];
    if (name !== undefined && text !== undefined) keep(docs, name, text.replace(/\\n$/, '').trim());
  }
  return docs;
}
