import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import type { LockWish } from './lock-request.ts';

/** An empty folder for locks with processes that take some of them, for specs. */
export async function createLockFolder() {
  // Not below TMPDIR: the paths of sockets have to be short.
  const folder = await mkdtemp('/tmp/lk-');
  const holders: Holder[] = [];
  return {
    folder,
    /** A process of its own that asks for a lock; `says` waits for what it prints. */
    start: (name: string, mode: LockWish['mode'] = 'exclusive', before = '') => {
      const holder = startHolder(folder, { name, mode }, before);
      holders.push(holder);
      return holder;
    },
    [Symbol.asyncDispose]: async () => {
      for (const { child } of holders) child.kill('SIGKILL');
      await Promise.all(holders.map(({ closed }) => closed));
      await rm(folder, { recursive: true });
    },
  };
}

type Holder = ReturnType<typeof startHolder>;

/** `before` is code that runs first in that process. */
function startHolder(folder: string, wish: LockWish, before: string) {
  const script = `import { acquireLocks, waitingMessage } from '${new URL('./index.ts', import.meta.url).href}';
    ${before}
    const say = (line) => process.stdout.write(line + '\\n');
    const held = await acquireLocks({ folder: ${JSON.stringify(folder)}, locks: [${JSON.stringify(wish)}],
      command: 'nx test jobs', onWait: (name, holder) => say(waitingMessage(name, holder)) });
    say('held ' + JSON.stringify(held.environment));
    process.stdin.on('data', () => { held.release(); process.exit(); });`;
  // Few file descriptors, so that a spec can use them up.
  const limited = ['-c', 'ulimit -n 128; exec "$0" "$@"', process.execPath];
  const child = spawn('sh', [...limited, '--input-type=module', '-e', script], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  let output = '';
  const watchers = new Set<() => void>();
  child.stdout.on('data', (chunk: Buffer) => {
    output += chunk.toString();
    for (const watcher of watchers) watcher();
  });
  const closed = once(child, 'close');
  const says = (text: string) =>
    new Promise<string>((resolve) => {
      const look = () => {
        if (output.includes(text)) resolve(output);
      };
      watchers.add(look);
      look();
    });
  return { child, closed, says, release: () => child.stdin.write('release\n') };
}
