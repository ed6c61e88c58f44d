import path from 'node:path';
import { createShellAnswerer, readDatabase, readMakefile } from '@switchyard/tools/make';
import { compareExposed, exposureOf } from './compare-exposed.ts';
import { compareReadings } from './compare-readings.ts';
import type { Comparison } from './comparison.ts';
import { findMakefiles } from './find-makefiles.ts';
import { createThrowAwayCopy } from './throw-away-copy.ts';

/** Milliseconds. make may run a `configure` to remake an include. */
const referenceTimeout = 180_000;

/** Reads every Makefile of a repository twice, safely and with make, in a throw-away copy. The second runs code of it. */
export async function* checkRepository(repository: string): AsyncGenerator<Comparison> {
  await using copy = await createThrowAwayCopy(path.resolve(repository));
  const environment = { ...definedOnly(process.env), HOME: copy.home };
  for (const makefile of await findMakefiles(copy.folder)) {
    const file = path.join(copy.folder, makefile);
    // The safe one first: make may change the folder.
    const started = performance.now();
    const answerShell = createShellAnswerer({ root: copy.folder });
    const ours = await readMakefile({ makefile: file, environment, answerShell });
    const between = performance.now();
    const make = await readDatabase({ makefile: file, environment, timeout: referenceTimeout });
    const milliseconds = { ours: between - started, make: performance.now() - between };
    const hidden = compareExposed(make, await exposureOf(ours));
    yield { makefile, ...compareReadings(ours, make), hidden, milliseconds };
  }
}

function definedOnly(environment: NodeJS.ProcessEnv): Record<string, string> {
  const defined: [string, string][] = [];
  for (const [name, value] of Object.entries(environment))
    if (value !== undefined) defined.push([name, value]);
  return Object.fromEntries(defined);
}
