import type { ExecutorContext } from '@nx/devkit';
import { cleanUp, findCleanup, renderCleanup, renderPlan } from '@switchyard/tools/cleanup';
import { platformFilter } from '../../platform/platform-options.ts';
import { runOperation, withEngine } from '../../platform/run-operation.ts';
import { chooseVolumes } from './choose-volumes.ts';
import { cleanupOptions, milliseconds } from './options.ts';

/** Removes what the platform left in the engine, and nothing of anybody else. */
export default function executor(options: unknown, context: ExecutorContext): Promise<{ success: boolean }> {
  return runOperation(
    { schema: cleanupOptions, options, context, filter: platformFilter },
    ({ all, volumes, yes, olderThan, dryRun, json }, operation) =>
      withEngine(operation, async ({ engine, environments, style, write, report }) => {
        const how = { all, olderThan: milliseconds(olderThan) };
        const found = await findCleanup(engine, environments, how);
        const show = (document: object, text: string): void => {
          write(json ? `${JSON.stringify(document, undefined, 2)}\n` : text);
        };
        if (dryRun) {
          show(found, renderPlan(found, style));
          return true;
        }
        const plan = await chooseVolumes(found, { volumes, yes, ask: !json && process.stdin.isTTY, report });
        const outcome = await cleanUp(engine, environments, how, plan, {
          name: 'nx cleanup',
          report,
          // Not to standard output: the report is there.
          onOutput: (chunk) => void process.stderr.write(chunk),
        });
        if (outcome === undefined) return false;
        show(outcome, renderCleanup(outcome, style));
        return outcome.failed.length === 0;
      }),
  );
}
