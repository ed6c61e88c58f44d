/** The variable that recipes name their compose projects after in a linked git worktree: `-p api-dev$(addprefix -,$(SWITCHYARD_WORKTREE))`. */
export const worktreeVariable = 'SWITCHYARD_WORKTREE';

/** What Makefiles are read with in its place, so that a name which was made of it can be told from others. */
export const worktreePlaceholder = '@worktree';

const ending = `-${worktreePlaceholder}`;

/** The ways to add it to a name, once make's `$$` is `$`: what make does by a function, and the shell by an expansion. */
const ways = new RegExp(
  [
    String.raw`\$[({]addprefix\s+-,\s*\$[({]NAME[)}][)}]`,
    String.raw`\$[({]if\s+\$[({]NAME[)}],-\$[({]NAME[)}][)}]`,
    String.raw`\$\{NAME:?\+-(?:\$NAME|\$\{NAME\})\}`,
  ]
    .join('|')
    .replaceAll('NAME', worktreeVariable),
  'g',
);

/** A text with the placeholder wherever the name of the worktree is added to another one. */
export function markWorktree(text: string): string {
  return text.includes(worktreeVariable) ? text.replace(ways, ending) : text;
}

/** A name without the worktree's at its end, and whether it had that. */
export function splitWorktree(name: string): { readonly name: string; readonly perWorktree: boolean } {
  const perWorktree = name.endsWith(ending);
  return { name: perWorktree ? name.slice(0, -ending.length) : name, perWorktree };
}
