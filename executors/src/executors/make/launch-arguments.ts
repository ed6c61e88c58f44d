import { isVariableName, parseDuration, readOverrides } from '@switchyard/tools/make/run';
import { exactValue } from './exact-value.ts';
import { notDuration, readLocks, unusable, type Launch } from './launch.ts';

/** Reads the arguments of `switchyard-make`. `raw` are those of the nx process, where they are known. */
export function readLaunchArguments(
  args: readonly string[],
  folder: string,
  raw: readonly string[] = [],
  nameOf: (target: string) => string = (target) => target,
): Launch {
  const upToDate: string[] = [];
  const preparations: string[] = [];
  const environments: string[] = [];
  const lockNames: string[] = [];
  const forwarded: Record<string, string> = {};
  const goals: string[] = [];
  let makefile: string | undefined;
  let time: string | undefined;
  let dryRun = false;
  const rest = [...args];
  for (let argument = rest.shift(); argument !== undefined; argument = rest.shift()) {
    const { option, value } = splitOption(argument);
    const next = (): string => value ?? rest.shift() ?? '';
    if (argument === '-f') makefile = next();
    else if (argument === '-o') upToDate.push(next());
    else if (argument === '--') goals.push(...rest.splice(0));
    else if (option === undefined) goals.push(argument);
    else if (option === 'prepare') preparations.push(next());
    else if (option === 'environment') environments.push(next());
    else if (option === 'lock') lockNames.push(next());
    else if (option === 'timeout') time = next();
    else if (option === 'dry-run' || option === 'dryRun') dryRun = value !== 'false';
    else if (option === 'verbose' || option === 'down') continue;
    else if (value === undefined && isVariableName(option) && !isOption(rest[0])) {
      forwarded[option] = rest.shift() ?? 'true';
    } else forwarded[option] = value ?? 'true';
  }

  const [target, ...others] = goals;
  if (target === undefined || target === '')
    return unusable('switchyard-make needs the name of a make target.');
  const name = nameOf(target);
  const overrides = readOverrides(name, forwarded, ['dry-run', 'timeout', 'verbose']);
  if (overrides.kind === 'unknown-option') return unusable(overrides.message);
  if (others.length > 0)
    return unusable(`${name} does not take the argument ${others.join(' ')}. ${howToPass}`);
  const timeout = time === undefined ? undefined : parseDuration(time);
  if (time !== undefined && timeout === undefined) return notDuration(name, time);
  const locks = readLocks(name, lockNames);
  if ('kind' in locks) return locks;
  const variables = Object.fromEntries(
    Object.entries(overrides.variables).map(([key, value]) => [key, exactValue(key, value, raw)]),
  );
  return {
    kind: 'task',
    task: {
      folder,
      target,
      ...(makefile === undefined ? {} : { makefile }),
      ...(timeout === undefined ? {} : { timeout }),
      upToDate,
      preparations,
      ...(locks.length === 0 ? {} : { locks }),
      variables,
      dryRun,
    },
    environments,
  };
}

const howToPass = 'Pass values to make as variables: --NAME=value.';

function splitOption(argument: string): { option?: string; value?: string } {
  const [, option, value] = /^--?([^=-][^=]*)(?:=(.*))?$/s.exec(argument) ?? [];
  return { ...(option === undefined ? {} : { option }), ...(value === undefined ? {} : { value }) };
}

function isOption(argument: string | undefined): boolean {
  return argument === undefined || /^--[A-Za-z]/.test(argument);
}
