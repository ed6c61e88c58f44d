import { writeFileSync } from 'node:fs';
import os from 'node:os';
import { parseArgs } from 'node:util';
import { makePlace } from './fixtures/place.ts';
import type { Measurement } from './measurement.ts';
import { containers } from './sections/containers.ts';
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
  ['containers', containers],
]);

const usage = `npm run bench -- [--only ${[...sections.keys()].join(',')}] [--quick] [--repetitions N] [--json FILE] [--check]
  --only    these sections, divided by commas
  --quick   small fixtures, one repetition unless said: shows that it works, says little of speed
  --repetitions  how often everything is measured, 5 if not given; medians count
  --json    writes all samples to a file
  --check   exit code 1 where a limit is missed
`;

/** Runs the sections asked for, one after the other: two at a time would measure each other. */
async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      only: { type: 'string' },
      json: { type: 'string' },
      repetitions: { type: 'string' },
      quick: { type: 'boolean', default: false },
      check: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  });
  const repetitions = Number(values.repetitions ?? (values.quick ? 1 : 5));
  const names = values.only?.split(',') ?? [...sections.keys()];
  const mistake = mistakeIn(names, repetitions);
  if (mistake !== undefined || values.help) {
    process.stderr.write(`${mistake === undefined ? '' : `${mistake}\n`}${usage}`);
    process.exitCode = mistake === undefined ? 0 : 1;
    return;
  }
  const [load = 0] = os.loadavg();
  if (load > os.availableParallelism() / 2)
    process.stdout.write(`Other programs are running (load ${load.toFixed(1)}): these numbers say little.\n`);
  using place = makePlace();
  const found: Measurement[] = [];
  for (const name of names) {
    process.stderr.write(`${name}\n`);
    const measured = (await sections.get(name)?.({ place, quick: values.quick, repetitions })) ?? [];
    if (measured.length > 0) process.stdout.write(`\n${formatTable(measured)}\n\n`);
    found.push(...measured);
  }
  const missed = found.filter(({ reached }) => reached === false);
  const judged = found.filter(({ reached }) => reached !== undefined);
  process.stdout.write(`${judged.length - missed.length} of ${judged.length} limits reached\n`);
  if (values.json !== undefined)
    writeFileSync(values.json, `${JSON.stringify(report(found, load), null, 2)}\n`);
  if (values.check && missed.length > 0) process.exitCode = 1;
}

function mistakeIn(names: readonly string[], repetitions: number): string | undefined {
  const unknown = names.find((name) => !sections.has(name));
  if (unknown !== undefined)
    return `There is no section ${unknown}; there are ${[...sections.keys()].join(', ')}.`;
  if (Number.isInteger(repetitions) && repetitions > 0) return undefined;
  return `--repetitions is a whole number of at least 1.`;
}

function report(measurements: readonly Measurement[], load: number): unknown {
  const [cpu] = os.cpus();
  const machine = {
    cpu: cpu?.model ?? 'unknown',
    cores: os.availableParallelism(),
    memory: os.totalmem(),
    load,
  };
  return { date: new Date().toISOString(), node: process.version, machine, measurements };
}

await main();
