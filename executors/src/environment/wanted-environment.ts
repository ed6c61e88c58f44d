import { rawOption } from './forwarded-arguments.ts';

/**
 * The environment that an nx command asks for. Nx drops a configuration that a target does not have without a word, and
 * then runs the default one: what was meant for `test` would happen to `dev`.
 */
export function wantedEnvironment(
  { environment, configuration }: { readonly environment?: string; readonly configuration?: string },
  raw: readonly string[],
): string | undefined {
  // An environment on the command line, which is in the options too, says more than a configuration.
  if (rawOption(raw, '--environment') !== undefined) return environment;
  return configuration ?? rawOption(raw, '--configuration', '-c') ?? environment;
}
