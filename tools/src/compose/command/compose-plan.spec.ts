import { expect, it } from 'vitest';
import { composePlan, type ComposeRequest } from './index.ts';

const nothing = { services: [], build: false, volumes: false, follow: false } as const;

it.each<[Partial<ComposeRequest> & Pick<ComposeRequest, 'command'>, string]>([
  [{ command: 'up', services: ['app'], build: true }, 'up -d --build app'],
  [{ command: 'down', volumes: true, timeout: 1500 }, 'down --remove-orphans --volumes -t 2'],
  [{ command: 'restart', services: ['app', 'db'] }, 'restart app db'],
  [{ command: 'logs', follow: true, since: '10m', tail: '5' }, 'logs --follow --since 10m --tail 5'],
  [{ command: 'build', services: ['app'] }, 'build app'],
  [{ command: 'pull' }, 'pull'],
  [{ command: 'ps' }, 'ps'],
  [{ command: 'config' }, 'config --quiet'],
])('%j is `%s`', (request, expected) => {
  expect(composePlan({ ...nothing, ...request }).join(' ')).toBe(expected);
});
