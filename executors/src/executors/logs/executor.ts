import type { ExecutorContext } from '@nx/devkit';
import { showLogs } from '@switchyard/tools/logs';
import { platformFilter } from '../../platform/platform-options.ts';
import { runOperation, withEngine } from '../../platform/run-operation.ts';
import { logsOptions } from './options.ts';

/** Shows what all containers of the platform wrote, as one stream. */
export default function executor(options: unknown, context: ExecutorContext): Promise<{ success: boolean }> {
  return runOperation(
    { schema: logsOptions, options, context, filter: platformFilter },
    ({ follow, since, tail, timestamps }, operation) =>
      withEngine(operation, async ({ engine, environments, filter, style, write, report }) => {
        const request = { environments, services: filter.services, follow, since, tail, timestamps };
        const outcome = await showLogs(engine, request, { write, style });
        if (outcome.kind !== 'shown') report(outcome.message);
        return outcome.kind !== 'failed';
      }),
  );
}
