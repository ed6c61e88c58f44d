import { stat } from 'node:fs/promises';
import path from 'node:path';
import type { MakeReading } from '../reading.ts';
import type { DatabaseRequest } from './database-request.ts';
import { parseDatabase } from './parse-database.ts';
import { printDatabase } from './print-database.ts';
import { scanSources } from './scan-sources.ts';
import { toReading } from './to-reading.ts';

/**
 * Reads a Makefile with GNU make's own database. make runs the `$(shell)` calls of the Makefile and remakes its
 * includes: for Makefiles that are trusted only. What those commands read is not in `sources`.
 */
export async function readDatabase(request: DatabaseRequest): Promise<MakeReading> {
  const found = await stat(request.makefile).catch(() => undefined);
  if (found?.isFile() !== true) return unreadable(request.makefile, `${request.makefile} is not a file.`);
  const printed = await printDatabase(request);
  if (printed.kind === 'failed') return unreadable(request.makefile, printed.problem);
  const database = parseDatabase(printed.text);
  if (database === undefined) {
    return unreadable(
      request.makefile,
      printed.failure ?? `make printed no database of ${request.makefile}.`,
    );
  }
  const scanned = await scanSources(path.dirname(request.makefile), database.makefiles);
  const cut = database.complete ? undefined : `make's database of ${request.makefile} ends too early.`;
  return toReading(request, database, scanned, printed.failure ?? cut);
}

function unreadable(makefile: string, problem: string): MakeReading {
  return {
    fidelity: 'unreadable',
    makefile,
    makefiles: [makefile],
    targets: [],
    variables: {},
    exported: [],
    features: { notParallel: false, readsGoals: false, oneShell: false },
    sources: { files: [makefile], folders: [], environment: {} },
    unanswered: [],
    problem,
  };
}
