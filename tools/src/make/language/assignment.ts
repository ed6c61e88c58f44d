import { isSpace, skipSpace, skipWord } from './words.ts';

/** How an assignment sets its variable: the sign that stands for it. */
export type Operator = '=' | ':=' | ':::=' | '+=' | '?=' | '!=';

/** `NAME = value` in a text; the name is not expanded. */
export interface Assignment {
  readonly name: string;
  readonly operator: Operator;
  readonly value: string;
}

/** A line that sets, begins to define, or removes a variable. */
export interface VariableLine {
  readonly kind: 'assign' | 'define' | 'undefine';
  /** What stands after the words `export`, `override`, `define` ... */
  readonly text: string;
  readonly exported: boolean;
  readonly override: boolean;
}

/** Reads `NAME = value`, `NAME := value` and so on; nothing where the text is no assignment. */
export function parseAssignment(text: string): Assignment | undefined {
  const start = skipSpace(text, 0);
  let end = -1;
  let at = start;
  const done = (operator: Operator, next: number): Assignment => ({
    name: text.slice(start, end < 0 ? next - operatorLength(text, next, operator) : end),
    operator,
    value: text.slice(skipSpace(text, next)),
  });
  while (at < text.length) {
    const code = text.charCodeAt(at);
    at += 1;
    if (code === 35) return undefined;
    if (isSpace(code)) {
      if (end >= 0) return undefined;
      end = at - 1;
      at = skipSpace(text, at);
      continue;
    }
    if (code === 61) return done('=', at);
    if (code === 58) {
      if (text.charCodeAt(at) === 61) return done(':=', at + 1);
      if (text.startsWith(':=', at)) return done(':=', at + 2);
      if (text.startsWith('::=', at)) return done(':::=', at + 3);
      return undefined;
    }
    if (text.charCodeAt(at) === 61) {
      if (code === 43) return done('+=', at + 1);
      if (code === 63) return done('?=', at + 1);
      if (code === 33) return done('!=', at + 1);
    }
    if (end >= 0) return undefined;
    if (code === 36) at = skipReference(text, at);
  }
  return undefined;
}

function operatorLength(text: string, next: number, operator: Operator): number {
  return operator === ':=' && text.startsWith('::=', next - 3) ? 3 : operator.length;
}

function skipReference(text: string, at: number): number {
  const open = text.charCodeAt(at);
  if (open !== 40 && open !== 123) return at + 1;
  const close = open === 40 ? 41 : 125;
  let depth = 1;
  for (let next = at + 1; next < text.length; next += 1) {
    const code = text.charCodeAt(next);
    if (code === close) {
      depth -= 1;
      if (depth === 0) return next + 1;
    } else if (code === open) depth += 1;
  }
  return text.length;
}

/** Reads an assignment with the words that may stand before it; `target`: after `target:`, where there is no `define`. */
export function parseVariableLine(text: string, target: boolean): VariableLine | undefined {
  let rest = text;
  let exported = false;
  let override = false;
  for (;;) {
    if (parseAssignment(rest) !== undefined) return { kind: 'assign', text: rest, exported, override };
    const start = skipSpace(rest, 0);
    const end = skipWord(rest, start);
    const word = rest.slice(start, end);
    const next = rest.slice(skipSpace(rest, end));
    if (!target && (word === 'define' || word === 'undefine')) {
      return { kind: word, text: next, exported, override };
    }
    if (word === 'export') exported = true;
    else if (word === 'override') override = true;
    else if (word !== 'private' && !(target && word === 'unexport')) return undefined;
    if (next === '') return undefined;
    rest = next;
  }
}
