import path from 'node:path';
import type { MakeReading, MakeTarget } from '../reading.ts';
import { readComposeCommand } from './compose-command.ts';
import { expandText } from './expand-text.ts';
import type { Patience } from './patience.ts';
import { shellCommands } from './shell-commands.ts';

/** A call of Compose in a recipe; what could not be made out is absent. */
export interface ComposeCall {
  /** The make target whose recipe it stands in. */
  readonly makeTarget: string;
  /** Absolute: where Compose looks for its files. */
  readonly folder: string;
  /** Absolute, in the order of `-f`; empty where Compose takes the folder's default ones. Absent where not known. */
  readonly files?: readonly string[];
  /** `-p` or `COMPOSE_PROJECT_NAME`. */
  readonly project?: string;
  /** The name is given, but in a way that cannot be made out. */
  readonly unknownProject?: true;
  readonly profiles: readonly string[];
  readonly subcommand: string;
  /** Those that it is for; none: all of them. */
  readonly services: readonly string[];
  /** It goes on until somebody stops it. */
  readonly endless: boolean;
}

/** `docker compose`, or a variable that is often called so and whose value is not known here. */
const mention = /compose|\$[({]DC[)}]/i;
const usualVariable = /\$[({](?:DOCKER_?COMPOSE|COMPOSE|DC)(?:_(?:CMD|BIN|COMMAND))?[)}]/gi;
/** Whichever of them it comes out as, it is Compose. */
const chosenByShell = /\$\(shell\s[^\n]*?docker[ -]compose[^\n]*?\)(?=\s|$)/g;

/** Longer ones are generated; and what looks at text must not take long. */
const longestLine = 2000;
const mostCalls = 50;

/**
 * The reading with the usual variables for Compose (`COMPOSE`, `DC`) filled in where a shell call that was not answered
 * left them empty. Undefined where the Makefile does not mention Compose at all.
 */
export function composeReading(reading: MakeReading): MakeReading | undefined {
  const own = Object.entries(reading.variables).filter(([, { origin }]) => origin === 'file');
  const mentioned =
    own.some(([name, { value }]) => mention.test(value) || isUsual(name)) ||
    reading.targets.some(({ recipe }) => recipe.some((line) => mention.test(line)));
  if (!mentioned) return undefined;
  const empty = own.filter(([name, { value }]) => isUsual(name) && value.trim() === '');
  if (empty.length === 0) return reading;
  const filled = empty.map(([name, variable]) => [name, { ...variable, value: 'docker compose' }] as const);
  return { ...reading, variables: { ...reading.variables, ...Object.fromEntries(filled) } };
}

function isUsual(name: string): boolean {
  return /^(?:DOCKER_?COMPOSE|COMPOSE|DC)(?:_(?:CMD|BIN|COMMAND))?$/i.test(name);
}

/** The calls of Compose in a target's recipe: `$(COMPOSE) -f compose/test.yml exec app pytest`. @throws OutOfPatience */
export function composeCalls(
  target: MakeTarget,
  reading: MakeReading,
  patience: Patience,
): readonly ComposeCall[] {
  const home = path.dirname(reading.makefile);
  const recipe = target.recipe.join('\n').replaceAll('\\\n', ' ');
  const calls: ComposeCall[] = [];
  for (const written of recipe.split('\n')) {
    const line = written.slice(0, longestLine);
    if (calls.length >= mostCalls) break;
    if (!line.includes('$') && !mention.test(line)) continue;
    const text = toShell(expandText(line, reading).slice(0, longestLine));
    if (!mention.test(text)) continue;
    patience.spend(text.length);
    patience.look();
    let folder: string | undefined = home;
    let exported: Readonly<Record<string, string>> = exportedVariables(reading);
    for (const { words, assignments } of shellCommands(text)) {
      const [program, argument] = words;
      if (program === 'cd') folder = resolveIn(folder, argument);
      if (program === 'export') exported = { ...exported, ...assignmentsIn(words) };
      if (program === undefined) exported = { ...exported, ...assignments };
      const command = readComposeCommand(words);
      if (command === undefined || folder === undefined) continue;
      calls.push(resolveCall(target.name, folder, command, { ...exported, ...assignments }));
    }
  }
  return calls;
}

/** What the shell gets to see: `$$` is `$`; prefixes of recipe lines are make's own. */
function toShell(text: string): string {
  return text
    .replace(/^[\s@+-]+/, '')
    .replaceAll(chosenByShell, 'docker compose')
    .replaceAll(usualVariable, 'docker compose')
    .replaceAll('$$', '$');
}

const composeVariables = ['COMPOSE_FILE', 'COMPOSE_PROJECT_NAME', 'COMPOSE_PROFILES'];

/** Variables for Compose that the makefiles export to all recipes. */
function exportedVariables(reading: MakeReading): Record<string, string> {
  const all = reading.exported.includes('*');
  return Object.fromEntries(
    composeVariables.flatMap((name) => {
      const variable = reading.variables[name];
      const visible = variable?.origin === 'file' && (all || reading.exported.includes(name));
      return visible ? [[name, expandText(variable.value, reading)]] : [];
    }),
  );
}

function assignmentsIn(words: readonly string[]): Record<string, string> {
  return Object.fromEntries(
    words.flatMap((word) => {
      const [, name, value] = /^(\w+)=(.*)$/s.exec(word) ?? [];
      return name === undefined ? [] : [[name, value ?? '']];
    }),
  );
}

function resolveCall(
  makeTarget: string,
  folder: string,
  command: NonNullable<ReturnType<typeof readComposeCommand>>,
  variables: Readonly<Record<string, string>>,
): ComposeCall {
  const named = variables['COMPOSE_FILE'];
  const written =
    command.files.length > 0 || named === undefined || named === '' ? command.files : named.split(':');
  const files = written.map((file) => resolveIn(folder, file));
  const known = files.filter((file) => file !== undefined);
  const project = command.project ?? variables['COMPOSE_PROJECT_NAME'];
  const directory = resolveIn(folder, command.projectDirectory ?? '.');
  const isKnown = project !== undefined && project !== '' && !isUnknown(project);
  return {
    makeTarget,
    folder: directory ?? folder,
    ...(known.length === files.length && directory !== undefined ? { files: known } : {}),
    ...(isKnown ? { project } : {}),
    ...(project !== undefined && isUnknown(project) ? { unknownProject: true } : {}),
    profiles: command.profiles,
    subcommand: command.subcommand,
    endless: command.endless,
    services: command.services.filter((service) => !isUnknown(service)),
  };
}

function isUnknown(word: string): boolean {
  return /[$`*?]/.test(word);
}

function resolveIn(folder: string | undefined, word: string | undefined): string | undefined {
  if (folder === undefined || word === undefined || isUnknown(word) || word.startsWith('~')) return undefined;
  return path.resolve(folder, word);
}
