import { z } from 'zod';
import { acquireLocks } from '../../lock/index.ts';
import { takeDown } from '../lifecycle/index.ts';

const guardRequest = z.object({
  /** A lock that is held for as long as the environment is to stay up. */
  lock: z.string(),
  /** What messages call the task that brought it up. */
  name: z.string(),
  environment: z.object({
    composeProject: z.string(),
    folder: z.string(),
    files: z.array(z.string()),
    variables: z.record(z.string(), z.string()),
  }),
});

/** What a guardian has to know. */
export type GuardRequest = z.infer<typeof guardRequest>;

/** Waits until the lock is free, because its holder is done or dead, and takes the environment down. */
async function main(): Promise<void> {
  const { lock, name, environment } = guardRequest.parse(JSON.parse(process.env['SWITCHYARD_GUARD'] ?? ''));
  using over = await acquireLocks({ locks: [{ name: lock, mode: 'exclusive' }], command: name });
  if (over === undefined) return;
  const silent = { name, report: () => undefined, onOutput: () => undefined };
  await takeDown(environment, {}, silent);
}

await main();
