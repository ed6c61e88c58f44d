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
/** `$(NAME)`, `$(NAME:.c=.o)`, `$(call NAME,...)`, and `$X`. */
const reference = /\$(?:[({](?:(?:call|value|origin|flavor)\s+)?([^\s(){}$:#=,]+)\s*[)}:,]|([A-Za-z_]))/g;
/** `$($(MODE)_FLAGS)`, `$(FLAGS_$(MODE))`: a name of which only the ends are known. */
const computedReference = /\$[({]([\w.-]*)\$[({][^(){}]*[)}]([\w.-]*)[)}:]/g;
const shellReference = /\$\$(?:\{#?([A-Za-z_]\w*)|([A-Za-z_]\w*))/g;
const shellAssignment =
  /(?:^|[\s;&|(@"'])([A-Za-z_]\w*)=\S*|\bfor\s+([A-Za-z_]\w*)\s+in\b|\bread\s+(?:-\w+\s+)*([A-Za-z_]\w*)/g;
const environmentName = /^[A-Za-z_]\w*$/;

/**
 * Names of the environment variables that decide what these targets do: read by a recipe or a variable that it uses
 * and not set by the makefiles, or read while the makefiles are read. In doubt a name counts: one too many costs a
 * cache hit, one too few a wrong result.
 */
export function environmentInputs(reading: MakeReading, targets: readonly MakeTarget[]): readonly string[] {
  const names = new Set(Object.keys(reading.sources.environment));
  const visited = new Set<string>();
  const visitShell = (text: string): void => {
    for (const name of shellNames(text)) if (reading.variables[name]?.origin !== 'file') names.add(name);
  };
  const visit = (text: string, own: ReadonlySet<string>): void => {
    for (const name of referencedNames(text, reading)) {
      if (visited.has(name) || own.has(name)) continue;
      visited.add(name);
      const variable = reading.variables[name];
      if (variable?.origin !== 'file') names.add(name);
      else {
        visit(variable.value, own);
        visitShell(variable.value);
      }
    }
  };
  for (const text of reading.patternVariableValues ?? []) {
    visit(text, new Set());
    visitShell(text);
  }
  for (const { recipe, variables, variableValues = [] } of targets) {
    const own = new Set(variables);
    for (const text of [recipe.join('\n'), ...variableValues]) {
      visit(text, own);
      visitShell(text);
    }
  }
  return [...names].filter((name) => !personal.has(name) && environmentName.test(name)).toSorted();
}

/** The make variables that a text reads, as far as their names are written out, or their beginning and end are. */
function* referencedNames(text: string, reading: MakeReading): Generator<string> {
  if (!text.includes('$')) return;
  const plain = text.replaceAll('$$', '  ');
  for (const [, long, short] of plain.matchAll(reference)) yield long ?? short ?? '';
  for (const [, start = '', end = ''] of plain.matchAll(computedReference)) {
    if (start === '' && end === '') continue;
    for (const name of Object.keys(reading.variables))
      if (name.startsWith(start) && name.endsWith(end)) yield name;
  }
}

/** The variables that a script reads before it has set them itself; each logical line is a shell of its own. */
function* shellNames(script: string): Generator<string> {
  if (!script.includes('$$')) return;
  for (const line of script.split(/(?<!\\)\n/)) {
    const assigned = new Map<string, number>();
    for (const found of line.matchAll(shellAssignment)) {
      const name = found[1] ?? found[2] ?? found[3] ?? '';
      // What stands in the value itself, `PORT=$${PORT:-80}`, is read first.
      if (!assigned.has(name)) assigned.set(name, found.index + found[0].length);
    }
    for (const found of line.matchAll(shellReference)) {
      const name = found[1] ?? found[2] ?? '';
      if (found.index < (assigned.get(name) ?? Infinity)) yield name;
    }
  }
}
