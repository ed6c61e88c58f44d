import { rawOption } from './forwarded-arguments.ts';

/** What a task knows of the environment that it is meant for. */
export interface EnvironmentWish {
  readonly project: string;
  readonly target: string;
  /** The option. */
  readonly environment?: string;
  /** The configuration that Nx runs the task in. */
  readonly configuration?: string | undefined;
}

/**
 * The environment that an nx command asks for. Nx drops a configuration that a target does not have without a word, and
 * then runs the default one: what was meant for `test` would happen to `dev`. `raw` are the arguments of the nx process.
 */
export function wantedEnvironment(wish: EnvironmentWish, raw: readonly string[]): string | undefined {
  const { environment, configuration } = wish;
  // An environment on the command line is in the options too, and says more than a configuration.
  if (rawOption(raw, '--environment') !== undefined) return environment;
  const asked = isNamed(wish, raw) ? askedConfiguration(wish, raw) : undefined;
  return asked ?? environment ?? configuration;
}

/** Whether the command names the target itself: a configuration is not meant for all that it depends on. */
function isNamed({ project, target }: EnvironmentWish, raw: readonly string[]): boolean {
  const names = [target, `${project}:${target}`];
  return raw.some((word) =>
    word.split(/[=,]/).some((part) => names.includes(part) || part.startsWith(`${project}:${target}:`)),
  );
}

function askedConfiguration(
  { project, target }: EnvironmentWish,
  raw: readonly string[],
): string | undefined {
  const prefix = `${project}:${target}:`;
  const inName = raw.find((word) => word.startsWith(prefix))?.slice(prefix.length);
  return rawOption(raw, '--configuration', '-c') ?? inName;
}
