import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createPlatformRig, waiting, type PlatformRig } from '../platform/platform-rig.fixture.ts';
import { showLogs, type LogsRequest } from './index.ts';

/** The engine reads the two streams of a container apart: what is to have an order needs a pause between. */
const says = (script: string, ...more: string[]): { lines: string[] } => ({
  lines: ['image: busybox:1.36', 'init: true', `command: ['sh', '-c', ${JSON.stringify(script)}]`, ...more],
});

let rig: PlatformRig;
beforeAll(async () => {
  rig = await createPlatformRig([
    {
      project: 'api',
      name: 'dev',
      services: {
        app: says(
          String.raw`echo one; usleep 300000; echo three >&2; usleep 100000; echo "pw $$DB_PASSWORD at $$URL"; printf '\033]0;owned\007bell\n'; head -c 40000 /dev/zero | tr '\0' x; echo; exec sleep 1000`,
          'environment: { DB_PASSWORD: hunter2-long, URL: "postgres://app:s3cret-pw@db/app" }',
        ),
      },
    },
    {
      project: 'jobs',
      name: 'dev',
      services: {
        app: says('usleep 150000; echo two; exec sleep 1000'),
        late: { lines: [...waiting('late'), 'profiles: [late]'] },
        broken: says('echo crash; exit 3', 'profiles: [broken]'),
      },
    },
  ]);
  await Promise.all([rig.compose('api-dev', 'up', '-d'), rig.compose('jobs-dev', 'up', '-d')]);
});
afterAll(() => rig[Symbol.asyncDispose]());

const request = (more: Partial<LogsRequest> = {}): LogsRequest => ({
  environments: rig.environments,
  follow: false,
  tail: 200,
  ...more,
});

/** What was printed until `enough` was content with it. */
async function follow(
  more: Partial<LogsRequest>,
  onLine: (line: string, all: readonly string[]) => boolean,
): Promise<readonly string[]> {
  const controller = new AbortController();
  const lines: string[] = [];
  const write = (text: string): void => {
    lines.push(text.trimEnd());
    if (onLine(text.trimEnd(), lines)) controller.abort();
  };
  const { signal } = controller;
  await showLogs(rig.engine, request({ follow: true, ...more }), {
    write,
    style: { colours: false },
    signal,
  });
  return lines;
}

describe('showLogs', () => {
  it('follows until everything is said, hides secrets and disarms sequences', async () => {
    const lines = await follow(
      {},
      (_line, all) => all.some((line) => line.includes('xxx')) && all.length >= 6,
    );
    const app = lines.filter((line) => line.startsWith('api-dev app')).map((line) => line.slice(0, 60));
    expect(app).toEqual([
      'api-dev app  | one',
      'api-dev app  | three',
      'api-dev app  | pw *** at postgres://app:***@db/app',
      'api-dev app  | bell',
      `api-dev app  | ${'x'.repeat(45)}`,
    ]);
    expect(lines.find((line) => line.includes('xxx'))).toBe(`api-dev app  | ${'x'.repeat(40_000)}`);
  });

  it('puts the lines of all containers in the order of time', async () => {
    let text = '';
    const outcome = await showLogs(rig.engine, request({ tail: 'all', timestamps: true }), {
      write: (part) => (text += part),
      style: { colours: false },
    });
    expect(outcome).toEqual({ kind: 'shown' });
    const times = text.split('\n').flatMap((line) => / \| (\S+Z) /.exec(line)?.[1] ?? []);
    expect(times).toHaveLength(6);
    expect(times).toEqual(times.toSorted());
  });

  it('shows the end of each log, and the services asked for', async () => {
    let text = '';
    const write = (part: string): void => void (text += part);
    const environments = [rig.environment('jobs-dev')];
    await showLogs(rig.engine, request({ environments, tail: 1 }), { write, style: { colours: false } });
    expect(text).toBe('jobs-dev app | two\n');
  });

  it('shows the times when asked to', async () => {
    let text = '';
    const write = (part: string): void => void (text += part);
    const environments = [rig.environment('jobs-dev')];
    await showLogs(rig.engine, request({ environments, tail: 1, timestamps: true }), {
      write,
      style: { colours: false },
    });
    expect(text).toMatch(/^jobs-dev app \| 20\d\d-\S+Z two\n$/);
  });

  it('picks up what starts later, what is started again, and what ends at once', async () => {
    let restarted = false;
    const lines = await follow({ environments: [rig.environment('jobs-dev')], tail: 1 }, (line, all) => {
      if (line === 'jobs-dev app | two' && all.length === 1) void rig.compose('jobs-dev', 'up', '-d', 'late');
      if (line === 'jobs-dev late | late') void rig.compose('jobs-dev', 'up', '-d', 'broken');
      if (line.endsWith('| crash')) {
        restarted = true;
        void rig.compose('jobs-dev', 'restart', '-t', '0', 'app');
      }
      return restarted && all.length === 4;
    });
    expect(lines.map((line) => line.replace(/ +\|/, ' |'))).toEqual([
      'jobs-dev app | two',
      'jobs-dev late | late',
      'jobs-dev broken | crash',
      'jobs-dev app | two',
    ]);
  });

  it('waits for what starts when nothing is there yet', async () => {
    await rig.compose('api-dev', 'down', '-t', '0');
    const lines = await follow({ environments: [rig.environment('api-dev')] }, (line, all) => {
      if (all.length === 1) void rig.compose('api-dev', 'up', '-d');
      return line.endsWith('| one');
    });
    expect(lines.slice(0, 2)).toEqual([
      'Nothing has logs yet; what starts is shown from its first line on.',
      'api-dev app | one',
    ]);
  });

  it('says so when nothing runs', async () => {
    const output = { write: () => undefined, style: { colours: false } };
    const outcome = await showLogs(rig.engine, request({ services: ['none'] }), output);
    expect(outcome).toEqual({
      kind: 'nothing',
      message:
        'No container of none has logs in api-dev, jobs-dev.\nBring one up: `nx compose:up api -c dev`, or follow what starts later with --follow.',
    });
  });
});
