import path from 'node:path';
import { runProgram } from '../../process/index.ts';
import type { Location, MakeReading, MakeTarget, MakeVariable } from '../reading.ts';
import { parseDatabase, type ParsedDatabase } from './parse-database.ts';
import { scanSources, type ScannedSources } from './scan-sources.ts';

/** What to read with GNU make itself. */
export interface DatabaseRequest {
  /** Absolute path. */
  readonly makefile: string;
  readonly environment: Readonly<Record<string, string>>;
  /** Milliseconds; 10 seconds unless told. */
  readonly timeout?: number;
}

/** Told to make before the Makefile: a goal that runs nothing, and a view of flags and goals as in a plain run. */
const preamble = 'undefine MAKECMDGOALS\nMAKEFLAGS:=\n.0:;';
const goal = '.0';
const largestOutput = 256 * 1024 * 1024;
const notInherited = new Set([
  'MAKEFLAGS',
  'MAKELEVEL',
  'MFLAGS',
  'MAKEOVERRIDES',
  'GNUMAKEFLAGS',
  'MAKEFILES',
]);
const ownVariables = new Set(['MAKEFILE_LIST', 'MAKE_RESTARTS', 'MFLAGS', 'MAKELEVEL', 'GNUMAKEFLAGS']);

/**
 * Reads a Makefile with GNU make's own database. make runs the `$(shell)` calls of the Makefile and remakes its
 * includes: for Makefiles that are trusted only. What those commands read is not in `sources`.
 */
export async function readDatabase(request: DatabaseRequest): Promise<MakeReading> {
  const folder = path.dirname(request.makefile);
  const timeout = request.timeout ?? 10_000;
  const outcome = await runProgram({
    file: 'make',
    args: [
      ...['--print-data-base', '--question', '--no-builtin-rules', `--eval=${preamble}`],
      ...['-f', path.basename(request.makefile), goal],
    ],
    cwd: folder,
    environment: makeEnvironment(request.environment),
    timeout,
    maxOutput: largestOutput,
  });
  switch (outcome.kind) {
    case 'missing':
      return unreadable(
        request.makefile,
        'make was not found. Install GNU make (Debian, Ubuntu: apt install make).',
      );
    case 'timed-out':
      return unreadable(
        request.makefile,
        `make did not finish reading ${request.makefile} in ${timeout} ms.`,
      );
    case 'killed':
      return unreadable(
        request.makefile,
        `make was ended by ${outcome.signal} while it read ${request.makefile}.`,
      );
    case 'stopped':
      return unreadable(request.makefile, `reading ${request.makefile} was stopped.`);
    case 'exited':
      break;
  }
  const database = parseDatabase(outcome.stdout);
  // 0 and 1 are answers to --question.
  const failed = outcome.code > 1 || database?.complete !== true;
  const problem = failed ? problemFrom(outcome.stderr, outcome.code) : undefined;
  if (database === undefined) return unreadable(request.makefile, problem ?? 'make printed no database.');
  const sources = await scanSources(folder, database.makefiles);
  return toReading(request, database, sources, problem);
}

function makeEnvironment(environment: Readonly<Record<string, string>>): Record<string, string> {
  const kept = Object.entries(environment).filter(([name]) => !notInherited.has(name));
  return { ...Object.fromEntries(kept), LC_ALL: 'C' };
}

/** make's own message is the last one with stars: those of commands that it started come before. */
function problemFrom(stderr: string, code: number): string {
  const lines = stderr.split('\n').filter((line) => line !== '');
  const message = lines.findLast((line) => line.includes(' *** ')) ?? lines.at(-1);
  return message ?? `make ended with exit code ${code} and said nothing.`;
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

function toReading(
  request: DatabaseRequest,
  database: ParsedDatabase,
  scanned: ScannedSources,
  problem: string | undefined,
): MakeReading {
  const folder = path.dirname(request.makefile);
  const resolve = (file: string): string => path.resolve(folder, file);
  const makefiles = [...new Set([request.makefile, ...database.makefiles.map(resolve)])];
  const everything = database.special.has('.EXPORT_ALL_VARIABLES') && !scanned.exported.includes('*');
  return {
    fidelity: problem === undefined ? 'exact' : 'approximate',
    makefile: request.makefile,
    makefiles,
    targets: inOrder(database, scanned),
    ...(database.defaultGoal === undefined ? {} : { defaultGoal: database.defaultGoal }),
    variables: shownVariables(request, database),
    exported: everything ? [...scanned.exported, '*'] : scanned.exported,
    features: {
      notParallel: database.waits || database.special.has('.NOTPARALLEL'),
      readsGoals: scanned.readsGoals,
      oneShell: database.special.has('.ONESHELL'),
    },
    sources: {
      files: [...new Set([...makefiles, ...database.missing.map(resolve)])],
      folders: [],
      environment: environmentRead(request, database, scanned),
    },
    unanswered: [],
    ...(problem === undefined ? {} : { problem }),
  };
}

/** The database is in the order of a hash table; the place that each target stands at gives the order back. */
function inOrder(database: ParsedDatabase, scanned: ScannedSources): MakeTarget[] {
  const rank = new Map(database.makefiles.map((file, index) => [file, index]));
  const placed = database.targets
    .filter(({ name }) => name !== goal)
    .map((target) => {
      const first = scanned.places.get(target.name);
      const location = target.location ?? first;
      const start = first ?? location;
      const key = start === undefined ? [Infinity, 0] : [rank.get(start.file) ?? Infinity, start.line];
      return { key, target: location === undefined ? target : { ...target, location } };
    });
  const byPlace = (a: number[], b: number[]): number => {
    const [aFile = 0, aLine = 0] = a;
    const [bFile = 0, bLine = 0] = b;
    return aFile === bFile ? aLine - bLine : aFile - bFile;
  };
  return placed.sort((a, b) => byPlace(a.key, b.key)).map(({ target }) => target);
}

/** make tells the line that a recipe starts at; the rule stands above it. */
function ruleOf(recipe: Location | undefined, scanned: ScannedSources): Location | undefined {
  if (recipe === undefined) return undefined;
  return { file: recipe.file, line: scanned.ruleLines.get(recipe.file)?.[recipe.line] ?? recipe.line };
}

function shownVariables(request: DatabaseRequest, database: ParsedDatabase): Record<string, MakeVariable> {
  const shown: [string, MakeVariable][] = [];
  for (const [name, { value, flavor, origin, location }] of database.variables) {
    // Without a place, a variable "of the makefile" is one that make sets itself (CURDIR, .DEFAULT_GOAL).
    const byMake = origin === 'file' && location === undefined;
    if (byMake || origin === 'automatic' || origin === 'default' || ownVariables.has(name)) continue;
    if (name === 'LC_ALL' && origin === 'environment' && request.environment['LC_ALL'] === undefined)
      continue;
    shown.push([name, { value, flavor, origin }]);
  }
  return Object.fromEntries(shown);
}

function environmentRead(
  request: DatabaseRequest,
  database: ParsedDatabase,
  scanned: ScannedSources,
): Record<string, string | null> {
  const read: [string, string | null][] = [];
  for (const name of scanned.referenced) {
    const origin = database.variables.get(name)?.origin;
    if (origin === 'environment' || origin === undefined)
      read.push([name, request.environment[name] ?? null]);
  }
  return Object.fromEntries(read);
}
