import { describe, expect, it } from 'vitest';
import { readContainerTask } from './read-container-task.ts';

function read(options: object, { raw = [], target = 'check' }: { raw?: string[]; target?: string } = {}) {
  const configured = { command: 'pytest', service: 'app' };
  return readContainerTask({ name: 'api:check', target, options, configured, raw });
}

/** The command that is run. */
function commandOf(options: object, raw?: string[]) {
  const task = read(options, raw === undefined ? {} : { raw });
  return task.kind === 'task' ? task.command : task.message;
}

describe('readContainerTask', () => {
  it('takes a list as it is, and splits a plain string at blanks', () => {
    const list = ['sh', '-c', 'a | b', ''];
    expect(commandOf({ command: list })).toMatchObject({ command: list });
    expect(commandOf({ command: 'pytest  -q tests' })).toMatchObject({ command: ['pytest', '-q', 'tests'] });
  });

  it('refuses a string that only a shell understands', () => {
    expect(commandOf({ command: 'ls | wc' })).toBe(
      'api:check: the command "ls | wc" has "|", which only a shell understands.\n' +
        'Write it as a list of words: ["sh", "-c", "ls | wc"] where it needs a shell.',
    );
  });

  it('adds forwarded arguments, without its own options', () => {
    const options = { command: 'pytest', service: 'web', __unparsed__: ['--service=web', '-k', 'a b'] };
    expect(commandOf(options)).toMatchObject({ command: ['pytest', '-k', 'a b'], service: 'web' });
  });

  it('gives the command all that follows --, and keeps what was configured and given before', () => {
    const options = { command: 'pytest', service: 'inner', timeout: 5, __unparsed__: ['--service=inner'] };
    const raw = ['nx', 'check', 'api', '--user=7', '--', '--service=inner'];
    expect(commandOf(options, raw)).toMatchObject({
      command: ['pytest', '--service=inner'],
      service: 'app',
      user: '7',
    });
  });

  it.each([
    ['test', 'exclusive'],
    ['test-unit', 'exclusive'],
    ['api:e2e', 'exclusive'],
    ['lint', 'shared'],
    ['latest', 'shared'],
  ])('has %s use the environment %s', (target, lock) => {
    expect(read({ command: 'x' }, { target })).toMatchObject({ command: { lock } });
    expect(read({ command: 'x', lock: 'shared' }, { target })).toMatchObject({ command: { lock: 'shared' } });
  });

  it('says what is wrong', () => {
    expect(commandOf({ command: 'x', timeout: 'soon' })).toBe(
      'api:check: the timeout soon is not a duration. Write 10m, 90s, 1h, 500ms, or seconds.',
    );
    expect(commandOf({ command: [] })).toMatch(/^api:check: .*command/s);
  });
});
