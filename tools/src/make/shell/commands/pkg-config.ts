import { join } from 'node:path';
import { readRegularFile } from '../../../file/index.ts';
import { findPrograms } from '../find-program.ts';
import { answer, failure, line, unknown } from '../own-command.ts';
import type { OwnCommand, OwnCommandContext } from '../own-command.ts';

/** `pkg-config --exists` and `--modversion`, from .pc files; flags need the real program's rules. */
export const pkgConfig: OwnCommand = (args, context) => {
  if (findPrograms('pkg-config', context).length === 0) return unknown;
  const flags = args.filter(
    (arg) => arg.startsWith('-') && arg !== '--silence-errors' && arg !== '--print-errors',
  );
  const names = args.filter((arg) => !arg.startsWith('-'));
  const [flag, ...more] = flags;
  // A version after a name (`zlib >= 1.2`) asks for a comparison.
  if (more.length > 0 || names.length === 0 || names.some((name) => !/^[\w.+-]+$/.test(name))) return unknown;
  const texts = names.map((name) => packageText(name, context));
  // Where it exists, what it requires has to exist as well.
  const required = texts.some((text) => /^Requires(?:\.private)?:[ \t]*\S/m.test(text ?? ''));
  if (texts.includes(undefined))
    return failure(1, `Package ${names.join(', ')} was not found in the pkg-config search path.`);
  if (flag === '--exists') return required ? unknown : answer('');
  if (flag !== '--modversion' || required) return unknown;
  const versions = texts.map((text) => /^Version:[ \t]*(\S+)[ \t]*$/m.exec(text ?? '')?.[1]);
  if (versions.some((version) => version === undefined || version.includes('$'))) return unknown;
  return versions.length === 1
    ? line(versions[0] ?? '')
    : answer(versions.map((version) => `${version ?? ''}\n`).join(''));
};

function packageText(name: string, { environment, files, machine }: OwnCommandContext): string | undefined {
  for (const folder of packageFolders(environment, machine.architecture)) {
    const path = join(folder, `${name}.pc`);
    files.evidence.file(path);
    const text = readRegularFile(path);
    if (text !== undefined) return text;
  }
  return undefined;
}

function packageFolders(environment: OwnCommandContext['environment'], architecture: string): string[] {
  const split = (name: string): string[] =>
    (environment[name] ?? '').split(':').filter((folder) => folder.startsWith('/'));
  const usual = [
    `/usr/local/lib/${architecture}-linux-gnu/pkgconfig`,
    '/usr/local/lib/pkgconfig',
    '/usr/local/share/pkgconfig',
    `/usr/lib/${architecture}-linux-gnu/pkgconfig`,
    '/usr/lib64/pkgconfig',
    '/usr/lib/pkgconfig',
    '/usr/share/pkgconfig',
    '/opt/homebrew/lib/pkgconfig',
  ];
  return [
    ...split('PKG_CONFIG_PATH'),
    ...(environment['PKG_CONFIG_LIBDIR'] === undefined ? usual : split('PKG_CONFIG_LIBDIR')),
  ];
}
