import { parseAssignment } from './assignment.ts';
import { define } from './define-variable.ts';
import type { Evaluation } from './evaluation.ts';
import { expand } from './expansion.ts';
import { joinLines, type LineReader } from './lines.ts';
import type { Origin } from './variables.ts';
import { skipSpace, strip } from './words.ts';

/** Reads the lines of a `define` as far as its `endef`, and defines the variable; gives its name. */
export function readDefinition(run: Evaluation, lines: LineReader, head: string, origin: Origin): string {
  const assignment = parseAssignment(head);
  const name = strip(expand(run, assignment?.name ?? head));
  if (name === '') run.fail('empty variable name');
  const body: string[] = [];
  let depth = 1;
  for (;;) {
    const written = lines.next();
    if (written === undefined) run.fail("missing 'endef', unterminated 'define'");
    run.budget.step(0.2);
    const line = joinLines(written);
    if (!line.startsWith(run.recipePrefix)) {
      const text = line.slice(skipSpace(line, 0));
      if (begins(text, 'define')) depth += 1;
      else if (begins(text, 'endef')) depth -= 1;
      if (depth === 0) break;
    }
    body.push(line);
  }
  define(run, name, assignment?.operator ?? '=', body.join('\n'), origin);
  return name;
}

function begins(text: string, word: string): boolean {
  return text.startsWith(word) && (text.length === word.length || ' \t'.includes(text.charAt(word.length)));
}
