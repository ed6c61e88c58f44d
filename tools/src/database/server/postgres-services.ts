import type { ComposeEnvironment, ComposeService } from '../../compose/index.ts';

const servers = new Set([
  ...['postgres', 'postgresql', 'postgresql-repmgr', 'postgis', 'timescaledb', 'timescaledb-ha'],
  ...['pgvector', 'pgvecto-rs', 'vectorchord-postgres', 'citus', 'cloudnative-pg', 'pgduckdb'],
]);

/** What such an image is for when it is no server. */
const companion = /exporter|backup|admin|bouncer|pool|dump|proxy|migrat|rest\b|client|operator/;

/** Whether an image is a PostgreSQL server, by its name: `postgres:15-alpine`, `registry:5000/team/postgis@sha256:...`. */
export function isPostgresImage(image: string): boolean {
  const name = (image.split('/').at(-1) ?? '').replace(/[@:].*$/s, '').toLowerCase();
  if (companion.test(name)) return false;
  return servers.has(name) || /(?:^|-)(?:postgres|postgresql|postgis|pgvector)(?:-|$|\d)/.test(name);
}

/**
 * The services of an environment that are PostgreSQL servers. Where no image says so, those that are built from a
 * Dockerfile and are told which database to make, and not on which host one is.
 */
export function postgresServices(environment: ComposeEnvironment): readonly ComposeService[] {
  const known = environment.services.filter(({ image }) => image !== undefined && isPostgresImage(image));
  return known.length > 0 ? known : environment.services.filter(isBuiltServer);
}

function isBuiltServer({ build, environment }: ComposeService): boolean {
  const names = Object.keys(environment);
  const makesOne = names.some((name) => /^POSTGRES_(?:USER|DB|PASSWORD)(?:_FILE)?$/.test(name));
  return build !== undefined && makesOne && !names.some((name) => /HOST$|SERVER$|_URL$|PORT$/.test(name));
}
