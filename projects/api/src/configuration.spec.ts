import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseEnv } from 'node:util';
import { expect, it } from 'vitest';
import { readConfiguration, readDatabaseConfiguration } from './configuration.ts';

const token = '0123456789abcdef';

it('needs nothing to be set, and listens on loopback', () => {
  expect(readConfiguration({})).toMatchObject({
    kind: 'valid',
    configuration: { HOST: '127.0.0.1', PORT: 4310 },
  });
});

it('takes an empty variable as not set', () => {
  expect(readConfiguration({ PORT: '', API_TOKEN: '' })).toEqual(readConfiguration({}));
});

it('has its defaults in env/.env.example', () => {
  const example = readFileSync(join(import.meta.dirname, '../env/.env.example'), 'utf8');
  const defaults = readConfiguration({});
  expect(readConfiguration({ ...parseEnv(example), RUNS_DIR: '' })).toEqual(defaults);
  expect(Object.keys(parseEnv(example)).sort()).toEqual([
    'API_PORT',
    'API_POSTGRES_PORT',
    'API_TEST_PORT',
    'API_TEST_POSTGRES_PORT',
    'API_TOKEN',
    'DATABASE_URL',
    'HOST',
    'LOG_LEVEL',
    'PORT',
    'POSTGRES_PASSWORD',
    'REQUEST_SECONDS',
    'RUNS_DIR',
    'SHUTDOWN_SECONDS',
  ]);
});

it.each([
  [{ PORT: 'abc' }, 'PORT must be a whole number from 0 to 65535, but is "abc"'],
  [{ PORT: '65536' }, 'PORT must be a whole number from 0 to 65535, but is "65536"'],
  [
    { LOG_LEVEL: 'loud' },
    'LOG_LEVEL must be trace, debug, info, warn, error, fatal or silent, but is "loud"',
  ],
  [{ REQUEST_SECONDS: '-1' }, 'REQUEST_SECONDS must be a number of seconds, such as 10 or 0.5, but is "-1"'],
  [{ SHUTDOWN_SECONDS: '0' }, 'SHUTDOWN_SECONDS must be more than 0 and at most 3600, but is "0"'],
  [{ API_TOKEN: 'secret' }, 'API_TOKEN must have at least 16 characters'],
  [
    { API_TOKEN: `${token} ` },
    'API_TOKEN may hold only letters, digits and -._~+/ (what a bearer token may)',
  ],
  [{ DATABASE_URL: 'secret' }, 'DATABASE_URL must look like postgres://user:password@host:5432/database'],
  [
    { DATABASE_URL: 'mysql://a:secret@b/c' },
    'DATABASE_URL must look like postgres://user:password@host:5432/database',
  ],
  [
    { HOST: '0.0.0.0' },
    'HOST is "0.0.0.0", which others can reach: set API_TOKEN too, or leave HOST at 127.0.0.1',
  ],
])('names the variable that is wrong: %j', (environment, problem) => {
  expect(readConfiguration(environment)).toEqual({ kind: 'invalid', problems: [problem] });
});

it('names every wrong variable', () => {
  expect(readConfiguration({ PORT: 'x', LOG_LEVEL: 'x' })).toMatchObject({
    problems: [expect.stringMatching(/^PORT /), expect.stringMatching(/^LOG_LEVEL /)],
  });
});

it.each(['0.0.0.0', '::', 'example.org', '127.0.0.1.example.org'])(
  'lets %s be reached with a token only',
  (HOST) => {
    expect(readConfiguration({ HOST }).kind).toBe('invalid');
    expect(readConfiguration({ HOST, API_TOKEN: token }).kind).toBe('valid');
  },
);

it.each(['localhost', '127.0.0.1', '127.1.2.3', '::1'])('knows %s as loopback', (HOST) => {
  expect(readConfiguration({ HOST }).kind).toBe('valid');
});

it('asks a program that works on the database for nothing else', () => {
  const DATABASE_URL = 'postgres://api:secret@localhost/api';
  expect(readDatabaseConfiguration({ DATABASE_URL, HOST: '0.0.0.0', RUNS_DIR: 'runs' })).toEqual({
    kind: 'valid',
    url: DATABASE_URL,
    runsDir: 'runs',
  });
  expect(readDatabaseConfiguration({})).toEqual({
    kind: 'invalid',
    problems: ['DATABASE_URL is not set; env/.env.example shows its form'],
  });
});
