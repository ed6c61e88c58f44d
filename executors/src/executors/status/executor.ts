import type { ExecutorContext } from '@nx/devkit';
import { platformStatus, renderStatus } from '@switchyard/tools/status';
import { platformFilter } from '../../platform/platform-options.ts';
import { runOperation, withEngine } from '../../platform/run-operation.ts';
import { statusOptions } from './options.ts';
import { showWatch } from './show-watch.ts';

/** Shows all containers of the platform, once or until Ctrl-C. */
export default function executor(options: unknown, context: ExecutorContext): Promise<{ success: boolean }> {
  return runOperation(
    { schema: statusOptions, options, context, filter: platformFilter },
    ({ watch, stats, json }, operation) =>
      withEngine(operation, async ({ engine, environments, filter, style, write, report }) => {
        const request = { environments, services: filter.services, measure: stats };
        if (watch && (json || !process.stdout.isTTY)) {
          report(
            json
              ? 'status: --watch and --json do not go together; for a stream of changes run `docker events`.'
              : 'status: --watch needs a terminal. Leave it out, or run it with `nx run` in one and not in a pipe.',
          );
          return false;
        }
        if (watch) return showWatch(engine, request, process.stdout);
        const found = await platformStatus(engine, request);
        write(json ? `${JSON.stringify(found, undefined, 2)}\n` : renderStatus(found, style));
        return true;
      }),
  );
}
