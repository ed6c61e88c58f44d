import type { Files } from '../rig/rig.ts';
import type { PlatformPlace } from './platform.ts';

const json = (value: unknown): string => `${JSON.stringify(value, null, 2)}\n`;

const app = {
  image: 'busybox:1.36',
  command: ['sleep', '3600'],
  init: true,
  stop_grace_period: '0s',
};

const cache = {
  image: 'redis:7-alpine',
  command: ['redis-server', '--save', '', '--protected-mode', 'no'],
  stop_grace_period: '0s',
  healthcheck: { test: ['CMD', 'redis-cli', 'ping'], interval: '500ms', timeout: '2s', retries: 20 },
};

/** One project with two small environments, and a check in a container whose arguments no shell may touch. */
export function shop({ prefix, port }: PlatformPlace): Files {
  return {
    'api/compose/dev.yml': json({
      name: `${prefix}-api-dev`,
      services: {
        app,
        cache: { ...cache, ports: [`127.0.0.1:\${CACHE_PORT:-${port}}:6379`] },
      },
    }),
    'api/compose/test.yml': json({ name: `${prefix}-api-test`, services: { app } }),
  };
}

/** What no shell may touch. */
export const hardWords = ['$HOME', 'a  b', `"it's"`, '`id`', '*', 'x;y', ''];

/** The same with a target whose command runs in the application's container. */
export function shopWithChecks(place: PlatformPlace): Files {
  const check = (command: readonly string[], more: object = {}): object => ({
    executor: '@switchyard/executors:container',
    cache: true,
    inputs: ['default'],
    options: { command, service: 'app', ...more },
  });
  const targets = {
    words: check(['printf', '[%s]\\n', ...hardWords]),
    code: check(['sh', '-c', 'exit 7']),
    where: check(['sh', '-c', 'echo "$PWD $COLOUR"'], {
      workingFolder: '/tmp',
      variables: { COLOUR: 'a $b' },
    }),
  };
  return { ...shop(place), 'api/project.json': json({ name: 'api', targets }) };
}

/** One project with a database, its migrations, and an env file that set-up has to make. */
export function databaseShop({ prefix }: PlatformPlace): Files {
  const migration = (sql: string): string => `-- migrate:up\n${sql};\n\n-- migrate:down\n`;
  const db = {
    image: 'postgres:15-alpine',
    env_file: '../env/.env',
    environment: { POSTGRES_USER: 'shop', POSTGRES_DB: 'shop' },
    stop_grace_period: '1s',
    healthcheck: {
      test: ['CMD', 'pg_isready', '-U', 'shop', '-d', 'shop'],
      interval: '500ms',
      timeout: '2s',
      retries: 40,
    },
  };
  return {
    '.gitignore': 'node_modules/\n.nx/\n.env\n.switchyard/\n',
    'api/compose/dev.yml': json({ name: `${prefix}-api-dev`, services: { app, db } }),
    'api/env/.env.example': 'POSTGRES_PASSWORD=example\n',
    'api/db/migrations/20260101000000_orders.sql': migration('create table orders (name text)'),
    'api/db/migrations/20260102000000_prices.sql': migration('alter table orders add price int'),
  };
}
