import { join } from 'node:path';
import type { GitFolder } from './git-folder.ts';

const longestEntry = 4000;

/** A value of the repository's own config by its key (`remote.origin.url`); the last one counts, includes are not followed. */
export function gitConfigValue(git: GitFolder, key: string): string | undefined {
  const wanted = normalKey(key);
  let section = '';
  let value: string | undefined;
  for (const entry of (git.files.text(join(git.shared, 'config')) ?? '').split('\n')) {
    if (entry.length > longestEntry) continue;
    const [, name, subsection] = /^\s*\[([\w.-]+)(?:\s+"((?:[^"\\]|\\.)*)")?\]/.exec(entry) ?? [];
    if (name !== undefined) {
      const inner = subsection?.replaceAll(/\\(.)/g, '$1');
      section = inner === undefined ? name.toLowerCase() : `${name.toLowerCase()}.${inner}`;
      continue;
    }
    const [, variable, text] = /^\s*([A-Za-z][\w-]*)\s*(?:=\s*(.*))?$/.exec(entry) ?? [];
    if (variable !== undefined && `${section}.${variable.toLowerCase()}` === wanted)
      value = unquoted(text ?? 'true');
  }
  return value;
}

/** Section and variable names do not mind case; the name between them does. */
function normalKey(key: string): string {
  const parts = key.split('.');
  const inner = parts.slice(1, -1).join('.');
  const [first, last] = [parts[0] ?? '', parts.at(-1) ?? ''];
  return [first.toLowerCase(), ...(inner === '' ? [] : [inner]), last.toLowerCase()].join('.');
}

function unquoted(text: string): string {
  return text
    .replace(/\s+[#;].*$/, '')
    .trim()
    .replaceAll(/"((?:[^"\\]|\\.)*)"/g, '$1')
    .replaceAll(/\\(["\\])/g, '$1');
}
