import { readFileSync } from 'node:fs';
import { createNodes } from '@switchyard/executors';

/**
 * Loads the plugin and lets it infer the Makefiles of argv[2], a JSON array, in the working directory; prints its time
 * in ms, the targets found and the peak of this process's memory in KiB. Without argv[2] it only loads.
 */
async function main(): Promise<void> {
  const list = process.argv[2];
  let milliseconds = 0;
  let targets = 0;
  if (list !== undefined) {
    const makefiles: string[] = JSON.parse(readFileSync(list, 'utf8'));
    const context = { workspaceRoot: process.cwd(), nxJsonConfiguration: {}, configFiles: makefiles };
    const started = performance.now();
    const results = await createNodes[1](makefiles, undefined, context);
    milliseconds = performance.now() - started;
    for (const [, { projects }] of results)
      for (const project of Object.values(projects ?? {})) targets += Object.keys(project.targets ?? {}).length;
  }
  const { maxRSS } = process.resourceUsage();
  process.stdout.write(JSON.stringify({ milliseconds, targets, maxRSS }));
}

await main();
