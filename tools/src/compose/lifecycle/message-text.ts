import { isAbsolute, relative } from 'node:path';

/** The end of what was written, without empty lines at the end. */
export function lastLines(text: string, count: number): string {
  return text.trimEnd().split('\n').slice(-count).join('\n');
}

/** A path as a person would type it here. */
export function shown(file: string): string {
  const path = relative(process.cwd(), file);
  return path === '' || path.startsWith('..') || isAbsolute(path) ? file : path;
}

/** Sets a text off from the sentence before it. */
export function indent(text: string): string {
  return text.replaceAll(/^/gm, '  ');
}
