import { watch } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { acquireLocks } from '../../lock/index.ts';
import { composeFixture, docker, type FixtureEnvironment } from './environment.fixture.ts';
import { readRecord, recordFolder, removeRecord } from './environment-record.ts';
import { recordBringUp } from './record-bring-up.ts';
import { endOfRun } from './recover-abandoned.ts';

const sleeper = { app: { command: 'sleep 1000' } };

/** What a recipe does. */
async function up({ environment, file }: FixtureEnvironment): Promise<number> {
  await docker('compose', '-p', environment.composeProject, '-f', file, 'up', '-d');
  return 0;
}

describe('an environment that something else brings up for a task', () => {
  it('is recorded, stays up, and goes at the end of the run when that is wanted', async () => {
    await using fixture = composeFixture(sleeper);
    const { environment, invocation } = fixture;
    const run = `${process.pid}-nf`;
    const code = await recordBringUp(environment, { down: false }, { ...invocation, run }, async () => {
      expect(readRecord(environment.composeProject)?.state).toBe('coming-up');
      return await up(fixture);
    });
    expect(code).toBe(0);
    expect(readRecord(environment.composeProject)).toMatchObject({ state: 'up', run, by: invocation.name });
    await endOfRun(run, { down: false }, invocation);
    expect(await fixture.inEngine()).not.toEqual([]);
    await endOfRun(run, { down: true }, invocation);
    expect(await fixture.inEngine()).toEqual([]);
    expect(readRecord(environment.composeProject)).toBeUndefined();
  });

  it('is taken down again when that is cut short', async () => {
    await using fixture = composeFixture(sleeper);
    const { environment, invocation } = fixture;
    const code = await recordBringUp(environment, { down: false }, invocation, async () => {
      await up(fixture);
      return undefined;
    });
    expect(code).toBeUndefined();
    expect(await fixture.inEngine()).toEqual([]);
    expect(readRecord(environment.composeProject)).toBeUndefined();
  });

  it('stays as it is when somebody had it up before', async () => {
    await using fixture = composeFixture(sleeper);
    const { environment, invocation } = fixture;
    await up(fixture);
    const run = `${process.pid}-nf`;
    await recordBringUp(environment, { down: true }, { ...invocation, run }, () => up(fixture));
    await recordBringUp(environment, { down: true }, { ...invocation, run }, () =>
      Promise.resolve(undefined),
    );
    await endOfRun(run, { down: true }, invocation);
    expect(readRecord(environment.composeProject)).toBeUndefined();
    expect(await fixture.inEngine()).not.toEqual([]);
  });

  it('is brought up by one of several tasks at a time', async () => {
    await using fixture = composeFixture(sleeper);
    const { environment, invocation } = fixture;
    let running = 0;
    let most = 0;
    const work = async (): Promise<number> => {
      running += 1;
      most = Math.max(most, running);
      const code = await up(fixture);
      running -= 1;
      return code;
    };
    await Promise.all([1, 2, 3].map(() => recordBringUp(environment, { down: false }, invocation, work)));
    expect(most).toBe(1);
  });

  it('waits for room that another task is just making', async () => {
    const named = { app: { ...sleeper.app, container_name: `lc-room-${process.pid}` } };
    await using before = composeFixture(named);
    await using fixture = composeFixture(named);
    const { composeProject } = before.environment;
    await recordBringUp(before.environment, { down: false }, before.invocation, () => up(before));
    const wish = { name: `compose:${composeProject}`, mode: 'exclusive' } as const;
    const locks = await acquireLocks({ locks: [wish], command: 'nx test jobs' });
    const { environment, invocation } = fixture;
    const task = recordBringUp(environment, { down: false }, invocation, () => up(fixture));
    await recorded(environment.composeProject);
    await docker('compose', '-p', composeProject, '-f', before.file, 'down', '-t', '0');
    removeRecord(composeProject);
    locks?.release();
    expect(await task).toBe(0);
  });
});

/** Waits until a record says that it is coming up. */
async function recorded(composeProject: string): Promise<void> {
  const signal = AbortSignal.timeout(10_000);
  const isThere = (): boolean => readRecord(composeProject)?.state === 'coming-up';
  if (isThere()) return;
  for await (const { eventType } of watch(recordFolder(), { signal }))
    if (eventType === 'rename' && isThere()) return;
}
