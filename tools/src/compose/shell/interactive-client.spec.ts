import { expect, it } from 'vitest';
import type { ServiceKind } from '../exec/index.ts';
import { interactiveClients } from './interactive-client.ts';

it.each<[ServiceKind, Record<string, string>, string, Record<string, string>]>([
  ['postgres', {}, 'psql -U postgres -d postgres', {}],
  ['postgres', { POSTGRES_USER: 'shop' }, 'psql -U shop -d shop', {}],
  [
    'postgres',
    { POSTGRES_USER: 'shop', POSTGRES_DB: 'orders', POSTGRES_PASSWORD: 'p' },
    'psql -U shop -d orders',
    { PGPASSWORD: 'p' },
  ],
  ['redis', { REDIS_PASSWORD: 'p' }, 'redis-cli', { REDISCLI_AUTH: 'p' }],
  ['mysql', { MYSQL_ROOT_PASSWORD: 'p', MYSQL_DATABASE: 'd' }, 'mariadb -u root d', { MYSQL_PWD: 'p' }],
  ['mysql', { MYSQL_USER: 'u', MYSQL_PASSWORD: 'q' }, 'mariadb -u u', { MYSQL_PWD: 'q' }],
  [
    'mongo',
    { MONGO_INITDB_ROOT_USERNAME: 'u', MONGO_INITDB_ROOT_PASSWORD: 'p' },
    'mongosh --username u --authenticationDatabase admin',
    {},
  ],
  ['application', {}, 'bash', {}],
])('%s with %j opens `%s`', (kind, variables, command, secrets) => {
  const [client] = interactiveClients(kind, { variables, command: [] });
  expect(client?.command.join(' ')).toBe(command);
  expect(client?.variables).toEqual(secrets);
});

it('finds the password that redis was started with', () => {
  const command = ['redis-server', '--requirepass', 'hush'];
  expect(interactiveClients('redis', { variables: {}, command })[0]?.variables).toEqual({
    REDISCLI_AUTH: 'hush',
  });
});
