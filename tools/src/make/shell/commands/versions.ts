import { readdirSync, realpathSync, readlinkSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { readRegularFile } from '../../../file/index.ts';
import { findPrograms } from '../find-program.ts';
import { line, unknown } from '../own-command.ts';
import type { OwnCommand, OwnCommandContext } from '../own-command.ts';

/** `node -v`: our own version where the node on PATH is the one that runs this. */
export const node: OwnCommand = (args, context) => {
  const asked = args.length === 1 && (args[0] === '-v' || args[0] === '--version');
  const place = findPrograms('node', context)[0];
  if (!asked || place === undefined) return unknown;
  const same = place === process.execPath || real(place) === real(process.execPath);
  return same ? line(context.machine.nodeVersion) : unknown;
};

/** `npm -v`: the version in the package that the npm on PATH is a link into. */
export const npm: OwnCommand = (args, context) => {
  const place = findPrograms('npm', context)[0];
  if (args.length !== 1 || !(args[0] === '-v' || args[0] === '--version') || place === undefined)
    return unknown;
  const cli = real(place);
  if (cli?.endsWith('/npm/bin/npm-cli.js') !== true) return unknown;
  const text = readRegularFile(join(dirname(cli), '..', 'package.json'));
  const version = /"version":\s*"([\w.+-]+)"/.exec(text ?? '')?.[1];
  return version === undefined ? unknown : line(version);
};

/** `python3 --version`: from pyvenv.cfg beside a virtual environment, or a name such as 3.12.4 on the way to the program. */
export const python: (name: string) => OwnCommand = (name) => (args, context) => {
  const place = findPrograms(name, context)[0];
  const asked = args.length === 1 && (args[0] === '--version' || args[0] === '-V');
  if (!asked || place === undefined) return unknown;
  const config = readRegularFile(join(dirname(place), '..', 'pyvenv.cfg')) ?? '';
  const version =
    /^version(?:_info)?\s*=\s*(\d+\.\d+\.\d+)/m.exec(config)?.[1] ??
    /\/(?:python-?)?(\d+\.\d+\.\d+)\/bin\//i.exec(real(place) ?? '')?.[1];
  const found = version ?? pyenvVersion(place, context);
  return found === undefined ? unknown : line(`Python ${found}`);
};

/** pyenv's shims pick the version that PYENV_VERSION, the nearest .python-version or pyenv's own setting names. */
function pyenvVersion(place: string, { environment, folder, files }: OwnCommandContext): string | undefined {
  const top = /^(.*)\/shims\/[^/]+$/.exec(place)?.[1];
  if (top === undefined) return undefined;
  let text = environment['PYENV_VERSION'];
  for (let at = folder; text === undefined; at = dirname(at)) {
    text = files.text(join(at, '.python-version'));
    if (at === dirname(at)) break;
  }
  files.evidence.file(join(top, 'version'));
  text ??= readRegularFile(join(top, 'version'));
  return /^(\d+\.\d+\.\d+)\s*$/.exec(text ?? '')?.[1];
}

/** `gcc -dumpversion` and `-dumpmachine`: from the folders of GCC's own support files, where one release is installed. */
export const compiler: (name: string) => OwnCommand =
  (name) =>
  ([flag, ...rest], context) => {
    if (rest.length > 0 || (flag !== '-dumpversion' && flag !== '-dumpmachine')) return unknown;
    const place = findPrograms(name, context)[0];
    const program = place === undefined ? undefined : basename(real(place) ?? '');
    const parts = /^(?:(?<triple>[\w]+-linux-[\w]+)-)?gcc-(?<major>\d+)$/.exec(program ?? '')?.groups;
    if (!parts) return unknown;
    if (flag === '-dumpversion') return line(parts['major'] ?? '');
    const triples = (attempt(() => readdirSync('/usr/lib/gcc')) ?? []).filter((triple) =>
      triple.includes('-linux-'),
    );
    const triple = parts['triple'] ?? (triples.length === 1 ? triples[0] : undefined);
    return triple === undefined ? unknown : line(triple);
  };

function real(path: string): string | undefined {
  return attempt(() => realpathSync(path));
}

function attempt<T>(read: () => T): T | undefined {
  try {
    return read();
  } catch {
    return undefined;
  }
}

/** Where /bin/sh leads to, which tells dash from bash. */
export function systemShell(context: Pick<OwnCommandContext, 'files'>): string {
  context.files.evidence.file('/bin/sh');
  return basename(attempt(() => readlinkSync('/bin/sh')) ?? 'sh');
}
