import { answer, failure, line, unknown } from '../own-command.ts';
import type { OwnCommand, OwnCommandContext } from '../own-command.ts';
import type { Machine } from '../machine.ts';

const UNAME_LETTERS = 'snrvmpio';
const UNAME_WORDS: Readonly<Record<string, string>> = {
  '--kernel-name': 's',
  '--nodename': 'n',
  '--kernel-release': 'r',
  '--kernel-version': 'v',
  '--machine': 'm',
  '--processor': 'p',
  '--hardware-platform': 'i',
  '--operating-system': 'o',
  '--all': 'a',
};

/** `uname`, as GNU coreutils and macOS print it. */
export const uname: OwnCommand = (args, { machine }) => {
  const letters = args.map((arg) => UNAME_WORDS[arg] ?? (/^-[a-z]+$/.test(arg) ? arg.slice(1) : '?'));
  const asked = new Set(args.length === 0 ? ['s'] : letters.join(''));
  if ([...asked].some((letter) => !UNAME_LETTERS.includes(letter) && letter !== 'a')) return unknown;
  const all = machine.system === 'Darwin' ? 'snrvm' : 'snrvmpio';
  const wanted = Array.from(asked.has('a') ? all : UNAME_LETTERS).filter(
    (letter) => asked.has('a') || asked.has(letter),
  );
  const values = wanted.map((letter) => unameField(letter, machine));
  if (values.includes(undefined)) return unknown;
  // Like coreutils, -a leaves out what is not known.
  const fields = asked.has('a') ? values.filter((value) => value !== 'unknown') : values;
  return line(fields.join(' '));
};

function unameField(letter: string, machine: Machine): string | undefined {
  switch (letter) {
    case 's':
      return machine.system;
    case 'n':
      return machine.hostname;
    case 'r':
      return machine.release;
    case 'v':
      return machine.version;
    case 'm':
      return machine.architecture;
    case 'p':
      return machine.processor;
    case 'i':
      return machine.system === 'Darwin' ? undefined : machine.processor;
    case 'o':
      return machine.system === 'Linux' ? 'GNU/Linux' : machine.system;
    default:
      return undefined;
  }
}

/** `arch` and `uname -m` say the same. */
export const arch: OwnCommand = (args, { machine }) =>
  args.length === 0 ? line(machine.architecture) : unknown;

/** `nproc`, with `--all` and `--ignore=N`. */
export const nproc: OwnCommand = (args, { machine }) => {
  let count = machine.processors;
  for (const arg of args) {
    const ignored = /^--ignore=(\d+)$/.exec(arg)?.[1];
    if (ignored !== undefined) count = Math.max(1, count - Number(ignored));
    else if (arg !== '--all') return unknown;
  }
  return line(String(count));
};

/** `getconf _NPROCESSORS_ONLN`, and the few others that do not depend on the C library. */
export const getconf: OwnCommand = ([name, ...rest], { machine }) => {
  if (rest.length > 0) return unknown;
  if (name === '_NPROCESSORS_ONLN' || name === 'NPROCESSORS_ONLN') return line(String(machine.processors));
  return name === 'LONG_BIT' ? line(machine.architecture.includes('64') ? '64' : '32') : unknown;
};

/** `sysctl -n hw.ncpu` and its like on macOS; elsewhere it knows no such key. */
export const sysctl: OwnCommand = (args, { machine }) => {
  const [flag, key, ...rest] = args;
  const cpus = key === 'hw.ncpu' || key === 'hw.logicalcpu';
  if (flag !== '-n' || rest.length > 0 || !cpus) return unknown;
  if (machine.system !== 'Darwin')
    return failure(255, `sysctl: cannot stat /proc/sys/${key.replace('.', '/')}`);
  return line(String(machine.processors));
};

/** `hostname` and `hostname -s`. */
export const hostname: OwnCommand = ([flag, ...rest], { machine }) => {
  if (rest.length > 0) return unknown;
  if (flag === undefined) return line(machine.hostname);
  return flag === '-s' ? line(machine.hostname.split('.')[0] ?? '') : unknown;
};

/** `whoami`. */
export const whoami: OwnCommand = (args, { machine }) => (args.length === 0 ? line(machine.user) : unknown);

/** `id` with `-u`, `-g`, `-un`. */
export const id: OwnCommand = (args, context) => {
  const letters = args.map((arg) => arg.replace(/^-/, '')).join('');
  if (args.some((arg) => !arg.startsWith('-'))) return unknown;
  return idField(Array.from(letters).sort().join(''), context);
};

function idField(letters: string, { machine }: OwnCommandContext): ReturnType<OwnCommand> {
  if (machine.userId < 0) return unknown;
  if (letters === 'u' || letters === 'ru') return answer(`${machine.userId}\n`);
  if (letters === 'g' || letters === 'gr') return answer(`${machine.groupId}\n`);
  return letters === 'nu' ? line(machine.user) : unknown;
}
