import type { Document } from 'yaml';
import { yamlLibrary } from './yaml-library.ts';

/** A YAML text that was parsed: its documents, and what is wrong with it. */
export interface ParsedYaml {
  readonly documents: readonly Document[];
  readonly errors: readonly { readonly line: number; readonly message: string }[];
  /** From 1. */
  lineOf(offset: number): number;
}

/** Parses YAML 1.2 without resolving anything: merge keys, aliases and duplicate keys are left to `toComposeNode`. */
export function parseYaml(text: string): ParsedYaml {
  const { LineCounter, parseAllDocuments } = yamlLibrary();
  const lines = new LineCounter();
  const lineOf = (offset: number): number => Math.max(1, lines.linePos(offset).line);
  try {
    // The library compares each key with each other one: 100 000 keys would take minutes.
    const parsed = parseAllDocuments(text, {
      lineCounter: lines,
      uniqueKeys: false,
      merge: false,
      prettyErrors: false,
      logLevel: 'silent',
    });
    const documents = Array.isArray(parsed) ? parsed : [];
    const errors = documents.flatMap((document) =>
      document.errors.map(({ pos, message }) => ({ line: lineOf(pos[0]), message })),
    );
    return { documents, errors, lineOf };
  } catch (error) {
    // Only the depth of nesting does this: the library calls itself for each level.
    const message = error instanceof RangeError ? 'it is nested too deep' : String(error);
    return { documents: [], errors: [{ line: 1, message }], lineOf };
  }
}
