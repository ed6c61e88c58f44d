import { join } from 'node:path';
import type { ComposeDisk } from '../file/compose-disk.ts';

/** A file that may be an environment, by its name. */
export interface FoundFile {
  readonly file: string;
  /** `plain`: `compose.yaml` itself; `base`: made to be put under others; else the name of an environment. */
  readonly role:
    { readonly kind: 'plain' | 'base' } | { readonly kind: 'environment'; readonly name: string };
  /** What Compose adds by itself: `compose.override.yaml`. */
  readonly overrides: readonly string[];
}

const plainNames = ['compose.yaml', 'compose.yml', 'docker-compose.yml', 'docker-compose.yaml'];
const overrideNames = plainNames.map((name) => name.replace('compose.y', 'compose.override.y'));
const named = /^(?:docker-)?compose[.-]([A-Za-z0-9][\w.-]*)\.ya?ml$/;
const bare = /^([A-Za-z0-9][\w.-]*)\.ya?ml$/;
const bases = new Set(['base', 'common']);
/** Examples to be copied, and what Compose adds by itself. */
const none = /(^|\.)(override|example|sample|template|tmpl|dist)$/;

/** Folders of a project in which compose files are looked for; in all but the first `test.yml` is a name too. */
export const composeFolders = ['.', 'compose', 'docker'] as const;

/** Files of a project that are compose files by their name, in the order in which they count. */
export function discoverFiles(folder: string, disk: ComposeDisk): readonly FoundFile[] {
  const top = new Set(disk.list(folder));
  return composeFolders.flatMap((name) =>
    name === '.' || top.has(name) ? inFolder(join(folder, name), name !== '.', disk) : [],
  );
}

function inFolder(folder: string, bareNames: boolean, disk: ComposeDisk): readonly FoundFile[] {
  const names = disk.list(folder);
  // Compose itself takes the first of each and leaves the others.
  const plain = plainNames.find((name) => names.includes(name));
  const override = overrideNames.find((name) => names.includes(name));
  const found: FoundFile[] = [];
  if (plain !== undefined)
    found.push({
      file: join(folder, plain),
      role: { kind: 'plain' },
      overrides: override === undefined ? [] : [join(folder, override)],
    });
  for (const name of names) {
    if (plainNames.includes(name)) continue;
    const environment = named.exec(name)?.[1] ?? (bareNames ? bare.exec(name)?.[1] : undefined);
    if (environment === undefined || none.test(environment)) continue;
    const role = bases.has(environment)
      ? { kind: 'base' as const }
      : { kind: 'environment' as const, name: environment };
    found.push({ file: join(folder, name), role, overrides: [] });
  }
  return found;
}
