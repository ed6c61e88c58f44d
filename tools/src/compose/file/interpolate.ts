import { deepest, longestValue } from './reading-limits.ts';

/** The value of a variable; undefined where it is not set. */
export type Lookup = (name: string) => string | undefined;

/** A text with its variables put in; or why that cannot be done. */
export type Interpolated =
  { readonly kind: 'text'; readonly text: string } | { readonly kind: 'wrong'; readonly problem: string };

const name = /[_a-zA-Z][_a-zA-Z0-9]*/y;
const operator = /:?[-?+]/y;

/**
 * Puts variables into a text as Compose does: `$V`, `${V}`, `${V:-default}`, `${V-default}`, `${V:?error}`, `${V:+other}`,
 * nested, and `$$` for a dollar. https://docs.docker.com/reference/compose-file/interpolation/
 */
export function interpolate(template: string, lookup: Lookup): Interpolated {
  if (!template.includes('$')) return { kind: 'text', text: template };
  try {
    return { kind: 'text', text: expand(template, lookup, 0) };
  } catch (error) {
    if (error instanceof WrongTemplate) return { kind: 'wrong', problem: error.message };
    throw error;
  }
}

class WrongTemplate extends Error {}

function expand(template: string, lookup: Lookup, depth: number): string {
  if (depth > deepest) throw new WrongTemplate('variables are nested too deep');
  let text = '';
  let at = 0;
  for (;;) {
    const dollar = template.indexOf('$', at);
    if (dollar === -1) return bounded(text + template.slice(at));
    text = bounded(text + template.slice(at, dollar));
    const next = template[dollar + 1];
    if (next === '$' || next === undefined || !/[{_a-zA-Z]/.test(next)) {
      text += '$';
      at = dollar + (next === '$' ? 2 : 1);
      continue;
    }
    const found = referenceAt(template, dollar);
    if (found === undefined)
      throw new WrongTemplate(
        `"${template.slice(dollar, dollar + 40)}" is no variable: write $$ for a dollar sign`,
      );
    text = bounded(text + value(found, lookup, depth));
    at = found.end;
  }
}

/** `$NAME` or `${NAME...}` in a text. */
export interface Reference {
  readonly name: string;
  readonly operator?: string;
  /** What stands behind the operator. */
  readonly word: string;
  readonly end: number;
}

/** The reference that begins with the dollar at `start`; undefined where none does. */
export function referenceAt(text: string, start: number): Reference | undefined {
  const braced = text[start + 1] === '{';
  name.lastIndex = start + (braced ? 2 : 1);
  const found = name.exec(text)?.[0];
  if (found === undefined) return undefined;
  if (!braced) return { name: found, word: '', end: name.lastIndex };
  const behind = name.lastIndex;
  if (text[behind] === '}') return { name: found, word: '', end: behind + 1 };
  operator.lastIndex = behind;
  const operation = operator.exec(text)?.[0];
  const close = closingBrace(text, start);
  if (operation === undefined || close === -1) return undefined;
  return {
    name: found,
    operator: operation,
    word: text.slice(behind + operation.length, close),
    end: close + 1,
  };
}

function closingBrace(text: string, start: number): number {
  let open = 0;
  for (let at = start; at < text.length; at += 1) {
    if (text[at] === '$' && text[at + 1] === '{') {
      open += 1;
      at += 1;
    } else if (text[at] === '}') {
      open -= 1;
      if (open === 0) return at;
    }
  }
  return -1;
}

function value(reference: Reference, lookup: Lookup, depth: number): string {
  const set = lookup(reference.name);
  const present =
    reference.operator?.startsWith(':') === true ? set !== undefined && set !== '' : set !== undefined;
  // Compose, too, looks at a default that is not used: a variable that is needed there is needed.
  const word = expand(reference.word, lookup, depth + 1);
  switch (reference.operator?.at(-1) ?? '') {
    case '-':
      return present ? (set ?? '') : word;
    case '+':
      return present ? word : '';
    case '?':
      if (present) return set ?? '';
      throw new WrongTemplate(`variable ${reference.name} has to be set: ${word || 'it has no value'}`);
    default:
      return set ?? '';
  }
}

function bounded(text: string): string {
  if (text.length > longestValue) throw new WrongTemplate('the value is too long');
  return text;
}
