import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { createNodes } from '@switchyard/executors';

/**
 * Loads the plugin and lets it infer the Makefiles listed in the file argv[2], one a line, in the working directory.
 * Prints the time in ms, the targets found and the peak of this process's memory in KiB, a name and a number a line.
 * Without argv[2] it only loads. With argv[3] it writes what it inferred as a project.json into each folder below that.
 */
async function main(): Promise<void> {
  const [, , list, written] = process.argv;
  let milliseconds = 0;
  let targets = 0;
  if (list !== undefined) {
    const makefiles = readFileSync(list, 'utf8').split('\n');
    const context = { workspaceRoot: process.cwd(), nxJsonConfiguration: {} };
    const started = performance.now();
    const results = await createNodes[1](makefiles, undefined, context);
    milliseconds = performance.now() - started;
    for (const [, { projects }] of results) {
      for (const [root, { name, targets: inferred }] of Object.entries(projects ?? {})) {
        targets += Object.keys(inferred ?? {}).length;
        if (written !== undefined)
          writeFileSync(
            path.join(written, root, 'project.json'),
            JSON.stringify({ name, targets: inferred }),
          );
      }
    }
  }
  const { maxRSS } = process.resourceUsage();
  process.stdout.write(`milliseconds ${milliseconds}\ntargets ${targets}\nmaxRSS ${maxRSS}\n`);
}

await main();
