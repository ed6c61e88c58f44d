import { runProgram, secretHider } from '../../process/index.ts';
import type { ComposeService } from '../environment.ts';
import type { Engine } from './engine.ts';

/** Milliseconds: nothing waits longer for a message to be made. */
const patience = 20_000;

/** Of an environment, what its services are given in its files. */
interface Declared {
  readonly services: readonly Pick<ComposeService, 'environment'>[];
}

/**
 * Hides what the containers were given in variables named like secrets, from wherever: the compose file, an env file, the
 * shell of whoever started them. One service may print the password of another, so all of them are hidden everywhere.
 */
export async function containerSecrets(
  engine: Engine,
  ids: readonly string[],
  environments: readonly Declared[],
): Promise<(text: string) => string> {
  const args = ['container', 'inspect', '--format', '{{json .Config.Env}}', ...ids];
  const answer =
    ids.length === 0 ? undefined : await runProgram({ file: engine.program, args, timeout: patience });
  // With those that are left when one of them is gone.
  const given = (answer?.kind === 'exited' ? answer.stdout : '')
    .split('\n')
    .filter((line) => line.startsWith('['))
    .flatMap(variablesIn)
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

function variablesIn(line: string): string[] {
  const list: unknown = JSON.parse(line);
  return Array.isArray(list) ? list.filter((entry) => typeof entry === 'string') : [];
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
