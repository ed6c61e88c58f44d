import { z } from 'zod';
import type { Engine, NamedEnvironment } from '../compose/index.ts';
import { askEngine } from '../platform/index.ts';
import { secretHider } from '../process/index.ts';

const variables = z.array(z.string()).nullable();

/**
 * Hides what the containers were given in variables named like secrets, from wherever: the compose file, an env file, the
 * shell of whoever started them. One service may print the password of another, so all of them are hidden everywhere.
 */
export async function containerSecrets(
  engine: Engine,
  ids: readonly string[],
  environments: readonly NamedEnvironment[],
): Promise<(text: string) => string> {
  const format = ['--format', '{{json .Config.Env}}'];
  const answer =
    ids.length === 0 ? undefined : await askEngine(engine, ['container', 'inspect', ...format, ...ids]);
  const given = (answer?.text ?? '')
    .split('\n')
    .filter((line) => line.startsWith('['))
    .flatMap((line) => variables.parse(JSON.parse(line)) ?? [])
    .map((entry): [string, string] => {
      const [name = ''] = entry.split('=', 1);
      return [name, entry.slice(name.length + 1)];
    });
  const declared = environments
    .flatMap(({ services }) => services.flatMap(({ environment }) => Object.entries(environment)))
    .flatMap(([name, value]): [string, string][] => (value === null ? [] : [[name, value]]));
  // A key of several lines is printed line by line.
  const pairs = [...given, ...declared].flatMap(([name, value]) =>
    value.split('\n').map((line) => [name, line.trim()] as const),
  );
  // A name may have another value in each container: the key only has to look like the name.
  const environment = Object.fromEntries(pairs.map(([name, value], index) => [`${index}_${name}`, value]));
  return secretHider(
    environment,
    pairs.flatMap(([, value]) => urlPasswords(value)),
  );
}

/** The passwords in the URLs of a value: `postgres://app:PASSWORD@db/app`. */
function urlPasswords(value: string): string[] {
  return [...value.matchAll(/[a-z][a-z0-9+.-]*:\/\/[^/\s:@]*:([^/\s@]{6,})@/gi)].flatMap(
    ([, password = '']) => {
      try {
        return [password, decodeURIComponent(password)];
      } catch {
        return [password];
      }
    },
  );
}
