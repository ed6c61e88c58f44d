import path from 'node:path';

/** The folders above a project, nearest first, the workspace itself (`.`) last. */
export function ancestors(root: string): string[] {
  if (root === '.') return [];
  const parent = path.posix.dirname(root);
  return [parent, ...ancestors(parent)];
}
