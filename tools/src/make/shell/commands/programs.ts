import { findPrograms, isBuiltin } from '../find-program.ts';
import { answer, failure, line, unknown } from '../own-command.ts';
import type { OwnCommand } from '../own-command.ts';

/** `which`, as Debian's and macOS's print it: paths only, silent where there is none. */
export const which: OwnCommand = (args, context) => {
  const all = args.includes('-a');
  const silent = args.includes('-s');
  const names = args.filter((arg) => !arg.startsWith('-'));
  if (args.some((arg) => arg.startsWith('-') && arg !== '-a' && arg !== '-s')) return unknown;
  const found = names.map((name) => findPrograms(name, context));
  const output = found.flatMap((paths) => (all ? paths : paths.slice(0, 1))).map((path) => `${path}\n`);
  const missing = names.length === 0 || found.some((paths) => paths.length === 0);
  const text = silent ? '' : output.join('');
  return missing ? failure(1, '', text) : answer(text);
};

/** `command -v NAME` and `command -V NAME`; the rest of `command` is the shell's. */
export const commandLookup: OwnCommand = ([flag, name], context) => {
  if (name === undefined) return failure(127, '');
  const place = isBuiltin(name) ? name : findPrograms(name, context)[0];
  if (flag === '-V') return described(name, place);
  return place === undefined ? failure(127, '') : line(place);
};

/** `type NAME`, as dash prints it. */
export const type: OwnCommand = (names, context) => {
  const [name, ...rest] = names;
  if (name === undefined) return answer('');
  // -t, -p and -P are bash's; dash takes them for names.
  if (rest.length > 0 || name.startsWith('-')) return unknown;
  return described(name, isBuiltin(name) ? name : findPrograms(name, context)[0]);
};

function described(name: string, place: string | undefined): ReturnType<OwnCommand> {
  if (place === undefined) return failure(127, '', `${name}: not found\n`);
  return line(place === name ? `${name} is a shell builtin` : `${name} is ${place}`);
}

/** `hash NAME`, which succeeds where the program is there. */
export const hash: OwnCommand = (names, context) => {
  const missing = names.find((name) => !isBuiltin(name) && findPrograms(name, context).length === 0);
  return missing === undefined ? answer('') : failure(1, `sh: 1: hash: ${missing}: not found`);
};
