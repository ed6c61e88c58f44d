import type { MakeReading, MakeTarget } from '../reading.ts';

/** They say where and for whom a task runs, not what it makes; a cache shared between machines would never hit. */
const personal = new Set([
  ...[
    'PATH',
    'HOME',
    'PWD',
    'OLDPWD',
    'USER',
    'LOGNAME',
    'SHELL',
    'SHLVL',
    'TERM',
    'TMPDIR',
    'HOSTNAME',
    '_',
  ],
  ...[
    'MAKE',
    'MAKEFLAGS',
    'MAKELEVEL',
    'MAKECMDGOALS',
    'MAKEFILE_LIST',
    'MAKE_VERSION',
    'CURDIR',
    'COLUMNS',
    'LINES',
  ],
  ...[
    'MAKE_TERMOUT',
    'MAKE_TERMERR',
    'MAKEFILES',
    'MAKE_RESTARTS',
    'MAKEOVERRIDES',
    'MFLAGS',
    'GNUMAKEFLAGS',
  ],
  ...['NO_COLOR', 'FORCE_COLOR', 'COLORTERM', 'LANG', 'LC_ALL'],
]);
const reference = /\$(?:\(([A-Za-z_]\w*)[):]|\{([A-Za-z_]\w*)[}:])/g;
const shellReference = /\$\$(?:\{([A-Za-z_]\w*)|([A-Za-z_]\w*))/g;
const shellAssignment =
  /(?:^|[\s;&|(@"'])([A-Za-z_]\w*)=|\bfor\s+([A-Za-z_]\w*)\s+in\b|\bread\s+(?:-\w+\s+)*([A-Za-z_]\w*)/g;

/**
 * Names of the environment variables that decide what these targets do: read by a recipe or a variable that it uses
 * and not set by the makefiles, or read while the makefiles are read.
 */
export function environmentInputs(reading: MakeReading, targets: readonly MakeTarget[]): readonly string[] {
  const names = new Set(Object.keys(reading.sources.environment));
  const visited = new Set<string>();
  const own = new Set(targets.flatMap((target) => target.variables));
  const visit = (text: string): void => {
    for (const found of text.matchAll(reference)) {
      const name = found[1] ?? found[2] ?? '';
      if (visited.has(name) || own.has(name)) continue;
      visited.add(name);
      const variable = reading.variables[name];
      if (variable?.origin === 'file') visit(variable.value);
      else names.add(name);
    }
  };
  for (const { recipe } of targets) {
    const text = recipe.join('\n');
    visit(text);
    const set = new Set(
      [...text.matchAll(shellAssignment)].map((found) => found[1] ?? found[2] ?? found[3] ?? ''),
    );
    for (const found of text.matchAll(shellReference)) {
      const name = found[1] ?? found[2] ?? '';
      if (!set.has(name) && reading.variables[name]?.origin !== 'file') names.add(name);
    }
  }
  return [...names].filter((name) => !personal.has(name) && /^[A-Za-z_]\w*$/.test(name)).toSorted();
}
