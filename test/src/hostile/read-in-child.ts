import { readFileSync } from 'node:fs';
import { registerHooks } from 'node:module';

// @nx/devkit loads Nx's native part, and addons are refused here; the plugin takes one word from it.
const devkit =
  "data:text/javascript,export const DependencyType = { static: 'static', implicit: 'implicit' };";
registerHooks({
  resolve: (specifier, context, next) =>
    specifier === '@nx/devkit' ? { url: devkit, shortCircuit: true } : next(specifier, context),
});
const { createNodes } = await import('@switchyard/executors');

/** Waits until it is out: what comes next may keep this process from writing for a while. */
function print(line: unknown): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  process.stdout.write(`${JSON.stringify(line)}\n`, () => {
    resolve();
  });
  return promise;
}

/**
 * Reads workspaces of one case each with the plugin itself, and prints a line of JSON for each. To be run by
 * `node --permission --allow-fs-read=*`: whatever would write, start a program, a worker or an addon is refused.
 * Arguments: a JSON file with `[workspace, makefile]` pairs.
 */
const pairs: unknown = JSON.parse(readFileSync(process.argv[2] ?? '', 'utf8'));
if (!Array.isArray(pairs)) throw new Error('The list of workspaces is not a list.');

for (const [workspaceRoot, makefile] of pairs.map((pair) => (Array.isArray(pair) ? pair.map(String) : []))) {
  if (workspaceRoot === undefined || makefile === undefined) continue;
  await print({ reading: makefile });
  const start = performance.now();
  const nodes = await createNodes[1]([makefile], {}, { workspaceRoot, nxJsonConfiguration: {} });
  const milliseconds = Math.round(performance.now() - start);
  await print({ read: makefile, milliseconds, nodes });
}
