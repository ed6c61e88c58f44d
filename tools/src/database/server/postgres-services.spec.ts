import { expect, it } from 'vitest';
import { databaseEnvironment } from '../snapshot/snapshot.fixture.ts';
import { isPostgresImage, postgresServices } from './postgres-services.ts';

it.each([
  ...[
    'postgres',
    'postgres:15-alpine',
    'registry:5000/team/postgis@sha256:00',
    'timescale/timescaledb:2-pg16',
  ],
  ...['pgvector/pgvector:pg16', 'bitnami/postgresql:16', 'acme/our-postgres:1', 'acme/postgres16'],
])('%s is a server', (image) => {
  expect(isPostgresImage(image)).toBe(true);
});

it.each([
  ...[
    'postgrest/postgrest',
    'quay.io/prometheuscommunity/postgres-exporter',
    'dpage/pgadmin4',
    'edoburu/pgbouncer',
  ],
  ...['prodrigestivill/postgres-backup-local', 'redis:7', 'postgres/tools', ''],
])('%s is none', (image) => {
  expect(isPostgresImage(image)).toBe(false);
});

it('takes a service that is built and told which database to make, and no client of one', () => {
  const [postgres] = databaseEnvironment('dev', '/w').services;
  if (postgres === undefined) throw new Error('The fixture has a service.');
  const built = { ...postgres, image: 'acme/own', build: { context: '/w', dockerfile: 'Dockerfile' } };
  const environment = databaseEnvironment('dev', '/w');
  const names = (...services: readonly (typeof built)[]): readonly string[] =>
    postgresServices({ ...environment, services }).map(({ name }) => name);
  const database = { ...built, name: 'database', environment: { POSTGRES_DB: 'app' } };
  const client = { ...built, name: 'app', environment: { POSTGRES_DB: 'app', POSTGRES_HOST: 'database' } };
  expect(names(client, database)).toEqual(['database']);
  expect(names(client)).toEqual([]);
});
