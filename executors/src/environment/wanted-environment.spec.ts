import { expect, it } from 'vitest';
import { wantedEnvironment, type EnvironmentWish } from './wanted-environment.ts';

const up = { project: 'api', target: 'up', environment: 'dev' } as const;

it.each<[string, EnvironmentWish, string, string | undefined]>([
  ['the option', up, 'nx up api', 'dev'],
  ['the configuration', { project: 'api', target: 'up', configuration: 'test' }, 'nx up api', 'test'],
  ['nothing', { project: 'api', target: 'up' }, 'nx up api', undefined],
  ['one that Nx dropped', up, 'nx up api -c nope', 'nope'],
  ['one in the name of the task', up, 'nx run api:up:nope', 'nope'],
  ['that of several targets', up, 'nx run-many -t=test,up --configuration=nope', 'nope'],
  ['not that of another target', up, 'nx build web -c production', 'dev'],
  ['an environment on the command line', up, 'nx up api --environment=dev -c production', 'dev'],
])('is %s', (_name, wish, raw, expected) => {
  expect(wantedEnvironment(wish, raw.split(' '))).toBe(expected);
});
