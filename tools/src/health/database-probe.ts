import type { Engine } from '../compose/index.ts';
import { askEngine } from '../platform/index.ts';

/** How to ask a database or cache, inside its own container, whether it takes connections. */
interface Probe {
  readonly image: RegExp;
  readonly command: (environment: Readonly<Record<string, string | null>>) => readonly string[];
  /** What it says when it is there; by default the exit code decides. */
  readonly says?: RegExp;
}

const option = (flag: string, value: string | null | undefined): readonly string[] =>
  value === null || value === undefined || value === '' ? [] : [flag, value];

const ping = ['ping', '--silent'];

/** A server that wants a password is there all the same: whether the password is right is for the application to say. */
const probes: readonly Probe[] = [
  {
    image: /postgres|postgis|timescale|pgvector/,
    command: (environment) => [
      'pg_isready',
      ...option('-U', environment['POSTGRES_USER']),
      ...option('-d', environment['POSTGRES_DB']),
    ],
  },
  { image: /redis/, command: () => ['redis-cli', 'ping'], says: /PONG|NOAUTH/ },
  { image: /valkey/, command: () => ['valkey-cli', 'ping'], says: /PONG|NOAUTH/ },
  { image: /mariadb/, command: () => ['mariadb-admin', ...ping] },
  { image: /mysql|percona/, command: () => ['mysqladmin', ...ping] },
  {
    image: /mongo(?!-express)/,
    command: () => ['mongosh', '--quiet', '--eval', 'db.runCommand({ ping: 1 }).ok'],
  },
];

/** What an image is by its name without registry, folders and tag. */
function probeFor(image: string): Probe | undefined {
  const name = image.replace(/@.*$/, '').split('/').at(-1)?.replace(/:.*$/, '') ?? '';
  if (/exporter|admin|proxy|commander|insight/.test(name)) return undefined;
  return probes.find((probe) => probe.image.test(name));
}

/** Milliseconds that a database may take to say that it is there. */
const patience = 1500;

/** How a database answered; `unknown`: no database that we know how to ask, or its image lacks the program. */
export type DatabaseAnswer =
  | { readonly kind: 'accepts' }
  | { readonly kind: 'refuses'; readonly said: string }
  | { readonly kind: 'unknown' };

/** Asks the database or cache in a container whether it takes connections. */
export async function probeDatabase(
  engine: Engine,
  container: { readonly id: string; readonly image: string },
  environment: Readonly<Record<string, string | null>>,
): Promise<DatabaseAnswer> {
  const probe = probeFor(container.image);
  if (probe === undefined) return { kind: 'unknown' };
  const answer = await askEngine(engine, ['exec', container.id, ...probe.command(environment)], {
    timeout: patience,
  });
  // 126 and 127: the program cannot be run, or is not there.
  if (answer.kind === 'failed' && (answer.code === 126 || answer.code === 127)) return { kind: 'unknown' };
  const isThere = probe.says === undefined ? answer.kind === 'answered' : probe.says.test(answer.text);
  if (isThere) return { kind: 'accepts' };
  const said = answer.kind === 'failed' ? answer.message : answer.text.trim();
  return { kind: 'refuses', said: said.split('\n').at(-1) ?? '' };
}
