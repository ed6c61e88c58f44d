import { type MakeFunction, plain } from './make-function.ts';
import { skipSpace, strip } from '../words.ts';

/** The functions that reach outside make: nothing is started or written, what cannot be known is noted. */
export const outsideFunctions: readonly MakeFunction[] = [
  plain('shell', 0, 1, (run, [command = '']) => run.askShell(command)),
  plain('file', 1, 2, (run, [operation = '', text]) => {
    const start = skipSpace(operation, 0);
    const name = strip(operation.slice(start + (operation.startsWith('>>', start) ? 2 : 1)));
    if (operation[start] === '<') {
      if (name === '') run.failExpansion('file: missing filename');
      if (text !== undefined) run.failExpansion('file: too many arguments');
      const found = run.disk.read(name);
      if (found.kind === 'missing') return '';
      if (found.kind !== 'text') {
        run.note(`$(file ${operation})`);
        return '';
      }
      run.budget.produced(found.text.length);
      return found.text.endsWith('\n') ? found.text.slice(0, -1) : found.text;
    }
    if (operation[start] !== '>')
      run.failExpansion(`file: invalid file operation: ${operation.slice(start)}`);
    run.note(`$(file ${operation})`);
    return '';
  }),
  plain('guile', 0, 1, (run, [text = '']) => {
    run.note(`$(guile ${text})`);
    return '';
  }),
];
