import type { ExecutorContext } from '@nx/devkit';
import { findEngine } from '@switchyard/tools/compose';
import { checkHealth, fixHealth, renderHealth } from '@switchyard/tools/health';
import { selectEnvironments } from '@switchyard/tools/platform';
import { platformFilter, words } from '../../platform/platform-options.ts';
import { runOperation } from '../../platform/run-operation.ts';
import { healthOptions } from './options.ts';

/** Looks at everything that the platform needs to work, and mends what can be mended when asked to. */
export default function executor(options: unknown, context: ExecutorContext): Promise<{ success: boolean }> {
  return runOperation(
    { schema: healthOptions, options, context, filter: platformFilter },
    async ({ require, fix, json }, { platform, environments, filter, style, write, report }) => {
      const required = [...words(require), ...(filter.environments ?? [])];
      const known = selectEnvironments(platform, { environments: required });
      if (known.kind === 'unknown') {
        report(known.message);
        return false;
      }
      const request = { platform, environments, required };
      const before = await checkHealth(request);
      const engine = await findEngine();
      const fixed =
        fix && engine.kind === 'found'
          ? await fixHealth(engine.engine, before.checks, {
              name: 'health',
              report,
              // Not to standard output: the report is there.
              onOutput: (chunk) => void process.stderr.write(chunk),
            })
          : undefined;
      const changed = fixed !== undefined && fixed.fixed.length + fixed.failed.length > 0;
      const found = changed ? await checkHealth(request) : before;
      write(json ? `${JSON.stringify({ ...found, ...fixed }, undefined, 2)}\n` : renderHealth(found, style));
      return found.healthy;
    },
  );
}
