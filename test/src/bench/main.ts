import { writeFileSync } from 'node:fs';
import os from 'node:os';
import { parseArgs } from 'node:util';
import { makePlace } from './fixtures/place.ts';
import type { Measurement } from './measurement.ts';
import { inference } from './sections/inference.ts';
import { mixed } from './sections/mixed.ts';
import { noOp } from './sections/no-op.ts';
import type { Section } from './sections/section.ts';
import { verify } from './sections/verify.ts';
import { formatTable } from './table.ts';

const sections: ReadonlyMap<string, Section> = new Map([
  ['inference', inference],
  ['no-op', noOp],
  ['mixed', mixed],
  ['verify', verify],
]);

const usage = `npm run bench -- [--only ${[...sections.keys()].join(',')}] [--quick] [--json FILE] [--check]
  --only    these sections, divided by commas
  --quick   small fixtures, one repetition: shows that it works, says little of speed
  --json    writes all samples to a file
  --check   exit code 1 where a limit is missed
`;

/** Runs the sections asked for, one after the other: two at a time would measure each other. */
async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      only: { type: 'string' },
      json: { type: 'string' },
      quick: { type: 'boolean', default: false },
      check: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  });
  const names = values.only?.split(',') ?? [...sections.keys()];
  const unknown = names.find((name) => !sections.has(name));
  if (unknown !== undefined || values.help) {
    process.stderr.write(unknown === undefined ? usage : `There is no section ${unknown}.\n${usage}`);
    process.exitCode = unknown === undefined ? 0 : 1;
    return;
  }
  using place = makePlace();
  const found: Measurement[] = [];
  for (const name of names) {
    process.stderr.write(`${name}\n`);
    const measured = (await sections.get(name)?.({ place, quick: values.quick })) ?? [];
    process.stdout.write(`\n${formatTable(measured)}\n\n`);
    found.push(...measured);
  }
  const missed = found.filter(({ reached }) => reached === false);
  const judged = found.filter(({ reached }) => reached !== undefined);
  process.stdout.write(`${judged.length - missed.length} of ${judged.length} limits reached\n`);
  if (values.json !== undefined) writeFileSync(values.json, `${JSON.stringify(report(found), null, 2)}\n`);
  if (values.check && missed.length > 0) process.exitCode = 1;
}

function report(measurements: readonly Measurement[]): unknown {
  const [cpu] = os.cpus();
  const machine = { cpu: cpu?.model ?? 'unknown', cores: os.availableParallelism(), memory: os.totalmem() };
  return { date: new Date().toISOString(), node: process.version, machine, measurements };
}

await main();
