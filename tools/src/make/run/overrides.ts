import { closeNames } from '../../close-names/index.ts';

/** Options given on the command line, as make variables, or why they cannot be. */
export type Overrides =
  | { readonly kind: 'variables'; readonly variables: Readonly<Record<string, string>> }
  | { readonly kind: 'unknown-option'; readonly message: string };

const variableName = /^[A-Z][A-Z0-9_]*$/;

/** Says whether an option's name is that of a make variable: upper case, digits and `_`. */
export function isVariableName(name: string): boolean {
  return variableName.test(name);
}

/** Sorts forwarded options into make variables; `known` are the options that the caller takes out itself. */
export function readOverrides(
  task: string,
  options: Readonly<Record<string, unknown>>,
  known: readonly string[],
): Overrides {
  const variables: Record<string, string> = {};
  for (const [name, value] of Object.entries(options)) {
    if (!isVariableName(name)) return { kind: 'unknown-option', message: unknownOption(task, name, known) };
    variables[name] = Array.isArray(value) ? value.map(String).join(' ') : String(value);
  }
  return { kind: 'variables', variables };
}

function unknownOption(task: string, name: string, known: readonly string[]): string {
  const close = closeNames(name, known);
  const variable = name
    .replaceAll('-', '_')
    .replace(/(?<=[a-z0-9])(?=[A-Z])/g, '_')
    .toUpperCase();
  if (isVariableName(variable)) close.push(variable);
  const question =
    close.length === 0 ? '' : ` Did you mean ${close.map((option) => `--${option}`).join(' or ')}?`;
  return (
    `${task} does not know the option --${name}.${question}\n` +
    'Make variables are written in upper case: `--NAME=value` becomes `make NAME=value`.'
  );
}
