import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import process from 'node:process';
import { readDatabaseConfiguration } from './configuration.ts';
import { connectDatabase, databaseErrorCode } from './database.ts';
import { insertRuns } from './insert-runs.ts';
import { errorCode, readRecord } from './read-record.ts';

const outcome = readDatabaseConfiguration(process.env);
if (outcome.kind === 'invalid') fail(2, ...outcome.problems.map((problem) => `${problem}.`));
else await importRuns(process.argv[2] ?? outcome.runsDir, outcome.url);

/** Puts the records of `folder` into the database, one after the other: a folder may be larger than memory. */
async function importRuns(folder: string, url: string): Promise<void> {
  let names: string[];
  try {
    names = (await readdir(folder)).filter((name) => name.endsWith('.json')).sort();
  } catch (error) {
    fail(1, `${folder} cannot be listed (${errorCode(error)}): name a folder of records.`);
    return;
  }
  const pool = connectDatabase(url);
  let added = 0;
  let present = 0;
  try {
    for (const name of names) {
      const found = await readRecord(join(folder, name), name.slice(0, -'.json'.length));
      if (found.kind === 'broken') fail(1, `${name} ${found.problem}; it was left out.`);
      if (found.kind !== 'found') continue;
      const count = await insertRuns(pool, [found.run]);
      added += count;
      present += 1 - count;
    }
    console.log(`${added} runs added, ${present} were there already`);
  } catch (error) {
    const code = databaseErrorCode(error);
    fail(
      1,
      `the database of DATABASE_URL cannot be written (${code}): start it, and run \`make migrate\` first.`,
    );
  } finally {
    await pool.end();
  }
}

function fail(code: number, ...lines: string[]): void {
  for (const line of lines) console.error(`import-runs: ${line}`);
  process.exitCode = code;
}
