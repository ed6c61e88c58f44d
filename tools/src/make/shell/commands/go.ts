import { dirname, join, resolve } from 'node:path';
import { realpathSync } from 'node:fs';
import { readRegularFile } from '../../../file/index.ts';
import { findPrograms } from '../find-program.ts';
import { answer, line, unknown } from '../own-command.ts';
import type { OwnCommand, OwnCommandContext } from '../own-command.ts';

const SYSTEMS: Readonly<Record<string, string>> = { Linux: 'linux', Darwin: 'darwin', FreeBSD: 'freebsd' };
const ARCHITECTURES: Readonly<Record<string, string>> = {
  x86_64: 'amd64',
  aarch64: 'arm64',
  arm64: 'arm64',
  i686: '386',
  armv7l: 'arm',
  ppc64le: 'ppc64le',
  s390x: 's390x',
  riscv64: 'riscv64',
};

/** `go env NAME...`, `go version` and `go list -m`; the rest needs the real go. */
export const go: OwnCommand = ([verb, ...rest], context) => {
  if (findPrograms('go', context).length === 0) return unknown;
  if (verb === 'env') return goEnv(rest, context);
  if (verb === 'version' && rest.length === 0) return goVersion(context);
  if (verb === 'list' && rest.length === 1 && rest[0] === '-m') return goModule(context);
  return unknown;
};

function goEnv(names: readonly string[], context: OwnCommandContext): ReturnType<OwnCommand> {
  if (names.length === 0 || names.some((name) => name.startsWith('-'))) return unknown;
  const values = names.map((name) => goVariable(name, context));
  if (values.includes(undefined)) return unknown;
  return answer(values.map((value) => `${value ?? ''}\n`).join(''));
}

function goVariable(name: string, context: OwnCommandContext): string | undefined {
  const { environment, machine } = context;
  const set = environment[name];
  if (set !== undefined && set !== '') return set;
  const saved = savedVariable(name, context);
  if (saved !== undefined) return saved;
  const home = environment['HOME'] ?? '';
  const path = goVariableOf('GOPATH', context) ?? (home === '' ? undefined : join(home, 'go'));
  switch (name) {
    case 'GOPATH':
      return path;
    case 'GOMODCACHE':
      return path === undefined ? undefined : join(path.split(':')[0] ?? '', 'pkg/mod');
    case 'GOBIN':
    case 'GOFLAGS':
    case 'GOPRIVATE':
    case 'GONOPROXY':
    case 'GONOSUMDB':
      return '';
    case 'GOOS':
    case 'GOHOSTOS':
      return SYSTEMS[machine.system];
    case 'GOARCH':
    case 'GOHOSTARCH':
      return ARCHITECTURES[machine.architecture];
    case 'GOEXE':
      return goVariable('GOOS', context) === 'windows' ? '.exe' : '';
    case 'GOROOT':
      return goRoot(context);
    case 'GOVERSION':
      return goRelease(context);
    case 'GOMOD':
      return goModFile(context) ?? '/dev/null';
    default:
      return undefined;
  }
}

function goVariableOf(name: string, context: OwnCommandContext): string | undefined {
  const set = context.environment[name];
  return set !== undefined && set !== '' ? set : savedVariable(name, context);
}

/** What `go env -w` has saved; the file holds settings, never credentials. */
function savedVariable(name: string, { environment, machine, files }: OwnCommandContext): string | undefined {
  // Only go's own settings, and only from go's own place: GOENV may name any file, and a Makefile can set it.
  if (!/^(?:GO|CGO_)[A-Z0-9_]*$/.test(name) || environment['GOENV'] !== undefined) return undefined;
  const home = environment['HOME'] ?? '/nonexistent';
  const settings =
    machine.system === 'Darwin'
      ? join(home, 'Library/Application Support')
      : (environment['XDG_CONFIG_HOME'] ?? join(home, '.config'));
  const text = outside(join(settings, 'go/env'), files);
  return text
    ?.split('\n')
    .findLast((entry) => entry.startsWith(`${name}=`))
    ?.slice(name.length + 1);
}

function goRoot(context: OwnCommandContext): string | undefined {
  const place = findPrograms('go', context)[0];
  if (place === undefined) return undefined;
  try {
    return dirname(dirname(realpathSync(place)));
  } catch {
    return undefined;
  }
}

function goRelease(context: OwnCommandContext): string | undefined {
  const root = goRoot(context);
  // A go.mod with a newer `toolchain` line makes go switch, which only go itself can do.
  const wanted = goModFile(context);
  const text = wanted === undefined ? '' : (context.files.text(wanted) ?? '');
  const own =
    root === undefined ? undefined : outside(join(root, 'VERSION'), context.files)?.split('\n')[0]?.trim();
  if (own === undefined || !/^go\d/.test(own)) return undefined;
  const asked = /^(?:toolchain\s+go|go\s+)(\d+(?:\.\d+)*)/gm;
  const newer = [...text.matchAll(asked)].some((match) => compare(match[1] ?? '0', own.slice(2)) > 0);
  return newer && context.environment['GOTOOLCHAIN'] !== 'local' ? undefined : own;
}

function compare(left: string, right: string): number {
  return left.localeCompare(right, 'en', { numeric: true });
}

function goVersion(context: OwnCommandContext): ReturnType<OwnCommand> {
  const release = goRelease(context);
  const system = SYSTEMS[context.machine.system];
  const architecture = ARCHITECTURES[context.machine.architecture];
  if (release === undefined || system === undefined || architecture === undefined) return unknown;
  return line(`go version ${release} ${system}/${architecture}`);
}

function goModule(context: OwnCommandContext): ReturnType<OwnCommand> {
  const file = goModFile(context);
  if (context.environment['GOWORK'] !== undefined || file === undefined || goWorkFile(context))
    return unknown;
  const name = /^module\s+"?([^\s"]+)"?/m.exec(context.files.text(file) ?? '')?.[1];
  return name === undefined ? unknown : line(name);
}

function goModFile({ folder, files }: OwnCommandContext): string | undefined {
  return upward(folder, 'go.mod', files);
}

function goWorkFile({ folder, files }: OwnCommandContext): boolean {
  return upward(folder, 'go.work', files) !== undefined;
}

function upward(folder: string, name: string, files: OwnCommandContext['files']): string | undefined {
  for (let at = resolve(folder); ; at = dirname(at)) {
    if (files.kind(join(at, name)) === 'file') return join(at, name);
    if (at === dirname(at)) return undefined;
  }
}

/** A small settings file of the toolchain, which stands outside the project. */
function outside(path: string, files: OwnCommandContext['files']): string | undefined {
  files.evidence.file(path);
  return readRegularFile(path);
}
