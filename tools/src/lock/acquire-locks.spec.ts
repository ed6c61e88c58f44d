import { once } from 'node:events';
import { existsSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { acquireLocks } from './acquire-locks.ts';
import { createLockFolder } from './lock-holder.fixture.ts';
import type { LockHolder, LockRequest, LockWish } from './lock-request.ts';

const wish = (name: string, mode: LockWish['mode'] = 'exclusive'): LockWish => ({ name, mode });

/** Asks for locks in this process; `waits` resolves with the first holder that has to be waited for. */
function ask(folder: string, locks: readonly LockWish[], more: Partial<LockRequest> = {}) {
  const waited: { name: string; holder: LockHolder }[] = [];
  const { promise: waits, resolve } = Promise.withResolvers<LockHolder>();
  const onWait = (name: string, holder: LockHolder): void => {
    waited.push({ name, holder });
    resolve(holder);
  };
  const held = acquireLocks({ folder, locks, command: 'nx lint', onWait, environment: {}, ...more });
  return { held, waits, waited };
}

/** All files in the folder, in the folders of the locks too. */
const filesIn = (folder: string) => readdirSync(folder, { recursive: true }).map(String);

describe('an exclusive lock', () => {
  it('is waited for until it is released, by those who came first, first', async () => {
    await using locks = await createLockFolder();
    const order: string[] = [];
    const first = await ask(locks.folder, [wish('db')]).held;
    const others = ['second', 'third', 'fourth'].map((name) => {
      const asked = ask(locks.folder, [wish('db')], { command: name });
      void asked.held.then((held) => {
        order.push(name);
        held?.release();
      });
      return asked;
    });
    await Promise.all(others.map(({ waits }) => waits));
    expect(order).toEqual([]);
    first?.release();
    await Promise.all(others.map(({ held }) => held));
    expect(order).toEqual(['second', 'third', 'fourth']);
    expect(filesIn(locks.folder)).toEqual([]);
  });

  it('tells who waits about its holder', async () => {
    await using locks = await createLockFolder();
    const holder = locks.start('compose:api-test');
    await holder.says('held');
    const { held, waits } = ask(locks.folder, [wish('compose:api-test')]);
    expect(await waits).toEqual({
      command: 'nx test jobs',
      pid: holder.child.pid,
      since: expect.closeTo(Date.now(), -4) as number,
    });
    holder.release();
    expect((await held)?.environment).toHaveProperty('SWITCHYARD_LOCKS');
  });

  it('is free at once when its holder is killed, and leaves nothing', async () => {
    await using locks = await createLockFolder();
    const holder = locks.start('db');
    await holder.says('held');
    const { held, waits } = ask(locks.folder, [wish('db')]);
    await waits;
    holder.child.kill('SIGKILL');
    (await held)?.release();
    expect(filesIn(locks.folder)).toEqual([]);
  });

  it('stays with a holder that does not answer, because it is stopped', async () => {
    await using locks = await createLockFolder();
    const holder = locks.start('db');
    await holder.says('held');
    holder.child.kill('SIGSTOP');
    const { held, waits } = ask(locks.folder, [wish('db')]);
    const first = await Promise.race([waits, held]);
    expect(first).toEqual({ command: '', pid: holder.child.pid, since: expect.any(Number) as number });
    holder.child.kill('SIGKILL');
    expect(await held).toBeDefined();
  });

  it('stays with a holder that closes what it cannot answer, for want of file descriptors', async () => {
    await using locks = await createLockFolder();
    const useUp = `import { openSync } from 'node:fs';
      process.on('SIGUSR2', () => { try { for (;;) openSync('/dev/null'); } catch { say('used up'); } });`;
    const holder = locks.start('db', 'exclusive', useUp);
    await holder.says('held');
    holder.child.kill('SIGUSR2');
    await holder.says('used up');
    const { held, waits } = ask(locks.folder, [wish('db')]);
    expect(await Promise.race([waits, held])).toMatchObject({ command: '', pid: holder.child.pid });
    holder.release();
    expect(await held).toBeDefined();
  });
});

describe('a shared lock', () => {
  it('is had by any number at the same time', async () => {
    await using locks = await createLockFolder();
    const held = await Promise.all([1, 2, 3].map(() => ask(locks.folder, [wish('db', 'shared')]).held));
    expect(held.every((one) => one !== undefined)).toBe(true);
    for (const one of held) one?.release();
    expect(filesIn(locks.folder)).toEqual([]);
  });

  it('within a group is had by that group together, and waited for by the others', async () => {
    await using locks = await createLockFolder();
    const inGroup = (group: string): LockWish => ({ name: 'port:5432', mode: 'shared', group });
    const first = await ask(locks.folder, [inGroup('api-dev')]).held;
    const second = await ask(locks.folder, [inGroup('api-dev')]).held;
    const others = [inGroup('jobs-dev'), wish('port:5432', 'shared')].map((one) => ask(locks.folder, [one]));
    await Promise.all(others.map(({ waits }) => waits));
    first?.release();
    second?.release();
    const held = await Promise.all(
      others.map((other) => other.held.then((lock) => lock?.release() === undefined)),
    );
    expect(held).toEqual([true, true]);
    expect(filesIn(locks.folder)).toEqual([]);
  });

  it('of two groups at once is an exclusive one', async () => {
    await using locks = await createLockFolder();
    const both = ['a', 'b'].map((group): LockWish => ({ name: 'port:1', mode: 'shared', group }));
    const held = await ask(locks.folder, both).held;
    const { waits } = ask(locks.folder, both.slice(1));
    expect(await waits).toMatchObject({ command: 'nx lint' });
    expect(held).toBeDefined();
  });

  it('is not given to newcomers while someone waits for the exclusive one', async () => {
    await using locks = await createLockFolder();
    const first = await ask(locks.folder, [wish('db', 'shared')]).held;
    const writer = ask(locks.folder, [wish('db')], { command: 'writer' });
    await writer.waits;
    const newcomer = ask(locks.folder, [wish('db', 'shared')]);
    expect(await newcomer.waits).toMatchObject({ command: 'writer' });
    first?.release();
    (await writer.held)?.release();
    expect(await newcomer.held).toBeDefined();
  });

  it('becomes free when one of its holders is killed and the others release it', async () => {
    await using locks = await createLockFolder();
    const [one, other] = [locks.start('db', 'shared'), locks.start('db', 'shared')];
    await Promise.all([one.says('held'), other.says('held')]);
    const { held, waits } = ask(locks.folder, [wish('db')]);
    await waits;
    one.child.kill('SIGKILL');
    other.release();
    expect(await held).toBeDefined();
  });
});

describe('several locks', () => {
  it('are taken in the order of their names, each once, so that nobody waits in a circle', async () => {
    await using locks = await createLockFolder();
    const turns = Array.from({ length: 20 }, async (_, index) => {
      const names = index % 2 === 0 ? ['a', 'b', 'a'] : ['b', 'a'];
      const held = await ask(
        locks.folder,
        names.map((name) => wish(name)),
      ).held;
      held?.release();
    });
    await Promise.all(turns);
    expect(filesIn(locks.folder)).toEqual([]);
  });

  it('are all given back when waiting for one of them is given up', async () => {
    await using locks = await createLockFolder();
    const holder = await ask(locks.folder, [wish('b')]).held;
    const controller = new AbortController();
    const { held, waits } = ask(locks.folder, [wish('a'), wish('b')], { signal: controller.signal });
    await waits;
    controller.abort();
    expect(await held).toBeUndefined();
    expect(holder).toBeDefined();
    expect(await ask(locks.folder, [wish('a')]).held).toBeDefined();
    expect(await ask(locks.folder, [wish('c')], { signal: controller.signal }).held).toBeUndefined();
  });
});

describe('under the lock of an ancestor', () => {
  it('the same lock is had at once, and is still the one of the ancestor afterwards', async () => {
    await using locks = await createLockFolder();
    using outer = await ask(locks.folder, [wish('db'), wish('log', 'shared')]).held;
    const environment = outer?.environment ?? {};
    const inner = ask(locks.folder, [wish('db', 'shared'), wish('log', 'shared')], { environment });
    const held = await inner.held;
    expect(held?.environment).toEqual(environment);
    held?.release();
    const stranger = ask(locks.folder, [wish('db')]);
    expect(await stranger.waits).toMatchObject({ pid: process.pid });
    outer?.release();
    expect(await stranger.held).toBeDefined();
  });

  it('other locks are added to what children are told', async () => {
    await using locks = await createLockFolder();
    using outer = await ask(locks.folder, [wish('db')]).held;
    using inner = await ask(locks.folder, [wish('log')], { environment: outer?.environment ?? {} }).held;
    const told: unknown = JSON.parse(inner?.environment['SWITCHYARD_LOCKS'] ?? '');
    expect(Object.keys(told ?? {})).toEqual(['db', 'log']);
  });

  it('an exclusive one is refused where the ancestor shares it', async () => {
    await using locks = await createLockFolder();
    using outer = await ask(locks.folder, [wish('db', 'shared')]).held;
    const { held } = ask(locks.folder, [wish('db')], { environment: outer?.environment ?? {} });
    await expect(held).rejects.toThrow(
      `The lock db cannot be had exclusively here: process ${process.pid}, which started this one, holds it shared`,
    );
  });

  it.each(['killed', 'done'])('nothing is had from one that is %s', async (end) => {
    await using locks = await createLockFolder();
    const ancestor = locks.start('db', 'shared');
    const [, json = ''] = /held (.*)\n/.exec(await ancestor.says('}\n')) ?? [];
    const environment = { SWITCHYARD_LOCKS: String(Object.values(JSON.parse(json) as object)[0]) };
    if (end === 'killed') ancestor.child.kill('SIGKILL');
    else ancestor.release();
    await once(ancestor.child, 'close');
    const held = await ask(locks.folder, [wish('db')], { environment }).held;
    expect(held).toBeDefined();
    expect(filesIn(locks.folder)).toHaveLength(2);
  });

  it('an unreadable account of them counts for nothing', async () => {
    await using locks = await createLockFolder();
    for (const SWITCHYARD_LOCKS of ['', '{', '7', '{"db":7}', '{"db":"/nowhere"}']) {
      using held = await ask(locks.folder, [wish('db')], { environment: { SWITCHYARD_LOCKS } }).held;
      expect(held).toBeDefined();
    }
  });
});

it('who waits for a port does not hold its compose environment', async () => {
  await using locks = await createLockFolder();
  const port = await ask(locks.folder, [wish('port:5432')]).held;
  const waiting = ask(locks.folder, [wish('compose:api-test'), wish('port:5432')]);
  await waiting.waits;
  const environment = ask(locks.folder, [wish('compose:api-test')]);
  (await environment.held)?.release();
  port?.release();
  (await waiting.held)?.release();
  expect(environment.waited).toEqual([]);
});

describe('the folder of the locks', () => {
  it('loses what dead processes left when the next one comes', async () => {
    await using locks = await createLockFolder();
    const [one, other] = [locks.start('db', 'shared'), locks.start('db', 'shared')];
    await Promise.all([one.says('held'), other.says('held')]);
    for (const { child, closed } of [one, other]) {
      child.kill('SIGKILL');
      await closed;
    }
    const draft = join(locks.folder, `draft.${one.child.pid ?? 0}.0123456789ab`);
    writeFileSync(draft, '');
    expect(filesIn(locks.folder)).toHaveLength(4);
    (await ask(locks.folder, [wish('db', 'shared')]).held)?.release();
    expect(existsSync(draft)).toBe(false);
    expect(filesIn(locks.folder)).toEqual([]);
  });

  it('is refused when its path is too long for sockets', async () => {
    await using locks = await createLockFolder();
    const folder = join(locks.folder, 'x'.repeat(60));
    await expect(ask(folder, [wish('db')]).held).rejects.toThrow('is too long for the sockets of locks');
  });
});
