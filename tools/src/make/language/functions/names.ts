import { glob } from '../glob.ts';
import type { Evaluation } from '../evaluation.ts';
import { parseNames } from '../names.ts';
import { splitWords } from '../words.ts';
import { type MakeFunction, plain } from './make-function.ts';

/** `$(dir ...)`, `$(wildcard ...)` and the others that work on names of files. */
export const nameFunctions: readonly MakeFunction[] = [
  plain(
    'dir',
    0,
    1,
    each((name) => name.slice(0, name.lastIndexOf('/') + 1) || './'),
  ),
  plain(
    'notdir',
    0,
    1,
    each((name) => name.slice(name.lastIndexOf('/') + 1)),
  ),
  plain(
    'basename',
    0,
    1,
    each((name) => name.slice(0, suffixAt(name))),
  ),
  plain('suffix', 0, 1, (_run, [text = '']) =>
    splitWords(text)
      .map((name) => name.slice(suffixAt(name)))
      .filter((suffix) => suffix !== '')
      .join(' '),
  ),
  plain('addsuffix', 2, 2, (run, [suffix = '', text = '']) => added(run, '', suffix, text)),
  plain('addprefix', 2, 2, (run, [prefix = '', text = '']) => added(run, prefix, '', text)),
  plain('wildcard', 0, 1, (run, [text = '']) =>
    parseNames(run, text, { strip: false, glob: false })
      .names.flatMap((name) => glob(name, run.disk, run.budget))
      .join(' '),
  ),
  plain('abspath', 0, 1, (run, [text = '']) =>
    splitWords(text)
      .map((name) => (run.budget.step(2), run.disk.resolve(name)))
      .join(' '),
  ),
  plain('realpath', 0, 1, (run, [text = '']) =>
    splitWords(text)
      .map((name) => (run.budget.step(20), run.disk.real(name)))
      .filter((name) => name !== undefined)
      .join(' '),
  ),
];

function each(change: (name: string) => string): MakeFunction['run'] {
  return (run, [text = '']) =>
    splitWords(text)
      .map((name) => (run.budget.step(0.2), change(name)))
      .join(' ');
}

function suffixAt(name: string): number {
  const dot = name.lastIndexOf('.');
  return dot > name.lastIndexOf('/') ? dot : name.length;
}

function added(run: Evaluation, prefix: string, suffix: string, text: string): string {
  const words = splitWords(text);
  run.budget.produced(text.length + words.length * (prefix.length + suffix.length));
  return words.map((word) => prefix + word + suffix).join(' ');
}
