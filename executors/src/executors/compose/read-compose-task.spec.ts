import { expect, it } from 'vitest';
import { readComposeTask } from './read-compose-task.ts';

it('reads services from a list, a text with commas and plain words', () => {
  const options = { command: 'up', services: 'app, db', _: ['web'], __unparsed__: ['web'] };
  expect(readComposeTask('api:up', options)).toMatchObject({
    kind: 'task',
    request: { command: 'up', services: ['app', 'db', 'web'] },
    detach: false,
  });
});

it('reads durations and lines', () => {
  const options = { command: 'logs', timeout: '2m', tail: 5, since: '10m' };
  expect(readComposeTask('api:logs', options)).toMatchObject({
    request: { timeout: 120_000, tail: '5', since: '10m' },
  });
});

it.each([
  [{ command: 'logs', tial: 1 }, 'api:x does not know the option --tial.'],
  [{ command: 'up', detached: true }, 'api:x does not know the option --detached. Did you mean --detach?'],
  [{ command: 'up', timeout: 'soon' }, /the timeout soon is not a duration/],
  [{ command: 'fly' }, /^api:x: .*command/s],
])('says what is wrong with %j', (options, message) => {
  const task = readComposeTask('api:x', options);
  expect(task.kind === 'unusable' ? task.message : '').toMatch(message);
});
