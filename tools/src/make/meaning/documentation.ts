/** `name other: prerequisites ## text`; no assignment, no recipe line. */
const rule = /^([^\s#:=][^#:=]*?)\s*&?::?(?!=)(?:[^#]*?##\s?(.*))?/;
const ornament = /^[-=#*_\s]*$/;

/**
 * The comment of each target, from one makefile's text: `target: ## text`, or else the comment block above the rule,
 * or else its line in the recipe of `help`.
 */
export function readDocumentation(makefile: string): ReadonlyMap<string, string> {
  const beside = new Map<string, string>();
  const above = new Map<string, string>();
  let block: string[] = [];
  for (const line of makefile.split('\n')) {
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
        else keep(above, name, blockText(block, name));
      }
    }
    block = [];
  }
  return new Map([...helpLines(makefile), ...above, ...beside]);
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
function helpLines(makefile: string): Map<string, string> {
  const docs = new Map<string, string>();
  for (const found of makefile.matchAll(
    /^\t.*?(?:echo|printf|info).*?\bmake ([\w./:-]+)\s+[-–:]?\s*([^"'\n]+)/gm,
  )) {
    const [, name, text] = found;
    if (name !== undefined && text !== undefined) keep(docs, name, text.replace(/\\n$/, '').trim());
  }
  return docs;
}
