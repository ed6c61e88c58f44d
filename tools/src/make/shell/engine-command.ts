import type { ExecResult, ResolvedCommandContext } from 'just-bash';

/** Runs a command of the engine so that it does what the real one does where the two are known to differ. */
export async function runEngineCommand(
  name: string,
  args: string[],
  shell: ResolvedCommandContext,
): Promise<ExecResult> {
  const run = (changed: string[]): Promise<ExecResult> =>
    shell.origCommand?.(changed) ?? Promise.resolve({ stdout: '', stderr: '', exitCode: 127 });
  switch (name) {
    case 'xargs':
      return run(xargsArguments(args));
    case 'paste':
      return run(pasteArguments(args));
    case 'awk':
      return run(awkArguments(args));
    case 'ls':
      return listed(await run(args), args, shell);
    case 'grep':
      return fromHere(await run(args), args);
    case 'sort':
      return (await sorted(args, shell)) ?? run(args);
    case 'expr':
      return (await matched(args, shell)) ?? run(args);
    default:
      return run(args);
  }
}

/** The engine wants the values of flags apart (`-n 1`), and with `-I` it does not go line by line. */
function xargsArguments(args: string[]): string[] {
  const isValue = (index: number): boolean => /^-[nIdPL]$/.test(args[index - 1] ?? '');
  const found = args.findIndex((arg, index) => !arg.startsWith('-') && !isValue(index));
  const start = found < 0 ? args.length : found;
  const flags = args.slice(0, start).flatMap((arg) => {
    const [, flag, value] = /^(-[nIdP])(.+)$/.exec(arg) ?? [];
    return flag === undefined || value === undefined ? [arg] : [flag, value];
  });
  const byLine =
    flags.includes('-I') && !flags.some((flag) => flag === '-d' || flag === '-0' || flag === '--null');
  return [...(byLine ? ['-d', '\\n'] : []), ...flags, ...args.slice(start)];
}

/** `paste -sd,` with standard input, which the engine wants spelt out. */
function pasteArguments(args: readonly string[]): string[] {
  const apart = args.flatMap((arg) => (/^-sd.+$/.test(arg) ? ['-s', '-d', arg.slice(3)] : [arg]));
  const files = apart.filter(
    (arg, index) => (!arg.startsWith('-') || arg === '-') && apart[index - 1] !== '-d',
  );
  return files.length === 0 ? [...apart, '-'] : apart;
}

/** A separator of one character means itself in awk, where the engine takes it for a pattern; and it forgets `-v OFS=...`. */
function awkArguments(args: readonly string[]): string[] {
  const apart = args.flatMap((arg) => (/^-[Fv]./.test(arg) ? [arg.slice(0, 2), arg.slice(2)] : [arg]));
  const kept: string[] = [];
  let begin = '';
  for (let index = 0; index < apart.length; index++) {
    const [arg = '', next = ''] = [apart[index], apart[index + 1]];
    const [, name, value] = /^(O?FS|O?RS)=(.*)$/s.exec(next) ?? [];
    if (arg === '-v' && name !== undefined)
      begin += `BEGIN { ${name} = "${(value ?? '').replaceAll('"', '\\"')}" } `;
    else if (arg === '-F' || arg === '-v' || arg === '-f') kept.push(arg, arg === '-F' ? itself(next) : next);
    else {
      kept.push(arg.startsWith('-') ? arg : separatorsFixed(begin + arg), ...apart.slice(index + 1));
      break;
    }
    index++;
  }
  return kept;
}

function itself(separator: string): string {
  return /^[.|+*?$()[{]$/.test(separator) ? `[${separator}]` : separator;
}

function separatorsFixed(program: string): string {
  return program.replaceAll(/\bFS(\s*)=(\s*)"([.|+*?$()[{])"/g, 'FS$1=$2"[$3]"');
}

/** `ls -d a b`: the engine puts empty lines between, and does not sort. */
function listed(said: ExecResult, args: readonly string[], shell: ResolvedCommandContext): ExecResult {
  const flags = args.filter((arg) => /^-[a-zA-Z1]+$/.test(arg)).join('');
  if (!flags.includes('d') || /[ltSUrR]/.test(flags)) return said;
  const names = said.stdout.split('\n').filter((name) => name !== '');
  return {
    ...said,
    stdout: names
      .sort(inOrder(shell))
      .map((name) => `${name}\n`)
      .join(''),
  };
}

/** `grep -r x .`: the real one keeps the `./` before each name. */
function fromHere(said: ExecResult, args: readonly string[]): ExecResult {
  const flags = args.filter((arg) => /^-[a-zA-Z]+$/.test(arg)).join('');
  if (args.at(-1) !== '.' || !/[rR]/.test(flags) || /[hABC]/.test(flags)) return said;
  return { ...said, stdout: said.stdout.replaceAll(/^(?!\.\/)(?=.)/gm, './') };
}

/** `sort` with nothing but -r and -u where the locale's order is that of the bytes; the engine always uses a language's order. */
async function sorted(
  args: readonly string[],
  shell: ResolvedCommandContext,
): Promise<ExecResult | undefined> {
  if (!inBytes(shell) || args.some((arg) => !/^-[ru]+$/.test(arg))) return undefined;
  const said = await shell.origCommand?.([...args]);
  if (said === undefined) return undefined;
  const lines = said.stdout.split('\n').slice(0, -1).sort(byBytes);
  if (args.join('').includes('r')) lines.reverse();
  return { ...said, stdout: lines.map((text) => `${text}\n`).join('') };
}

/** `expr TEXT : PATTERN`, by way of sed. */
async function matched(
  args: readonly string[],
  shell: ResolvedCommandContext,
): Promise<ExecResult | undefined> {
  const [text = '', colon, pattern = '', ...rest] = args;
  if (colon !== ':' || rest.length > 0 || pattern.includes('\u0001') || text.includes('\n')) return undefined;
  const group = pattern.includes('\\(');
  const bare = pattern.replace(/^\^/, '');
  const script = `s\u0001^${group ? bare : `\\(${bare}\\)`}.*\u0001\\1\u0001p`;
  const said = await shell.exec?.(`sed -n '${script.replaceAll("'", `'\\''`)}'`, {
    cwd: shell.cwd,
    stdin: `${text}\n`,
  });
  if (said?.exitCode !== 0) return undefined;
  const found = said.stdout.replace(/\n$/, '');
  const value = group ? found : String(Array.from(found).length);
  return { stdout: `${value}\n`, stderr: '', exitCode: value === '' || value === '0' ? 1 : 0 };
}

function inBytes({ env }: ResolvedCommandContext): boolean {
  const locale = [env.get('LC_ALL'), env.get('LC_COLLATE'), env.get('LANG')].find(
    (value) => (value ?? '') !== '',
  );
  return locale === undefined || /^(?:C|POSIX)(?:\.|$)/.test(locale);
}

function inOrder(shell: ResolvedCommandContext): (left: string, right: string) => number {
  return inBytes(shell) ? byBytes : (left, right) => left.localeCompare(right, 'en');
}

function byBytes(left: string, right: string): number {
  return Buffer.compare(Buffer.from(left), Buffer.from(right));
}
