import { createHash } from 'node:crypto';
import { lstatSync, readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { join } from 'node:path';

const largest = 20_000_000;

/** Every path below a folder with its kind, size, times and content; folders of these names are left out. */
export function treeSnapshot(folder: string, without: readonly string[] = []): Record<string, string> {
  const found: Record<string, string> = {};
  const visit = (relative: string): void => {
    for (const name of readdirSync(join(folder, relative))) {
      if (without.includes(name)) continue;
      const path = join(relative, name);
      const stat = lstatSync(join(folder, path));
      const content =
        stat.isFile() && stat.size <= largest
          ? createHash('sha1')
              .update(readFileSync(join(folder, path)))
              .digest('hex')
          : stat.isSymbolicLink()
            ? readlinkSync(join(folder, path))
            : '';
      found[path] = [stat.mode, stat.size, stat.mtimeMs, content].join(' ');
      if (stat.isDirectory()) visit(path);
    }
  };
  visit('');
  return found;
}
