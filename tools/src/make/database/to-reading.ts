import path from 'node:path';
import type { Location, MakeReading, MakeTarget, MakeVariable } from '../reading.ts';
import type { DatabaseRequest } from './database-request.ts';
import type { ParsedDatabase } from './parse-database.ts';
import { ownGoal } from './print-database.ts';
import type { ScannedSources } from './scan-sources.ts';

const ownVariables = new Set(['MAKEFILE_LIST', 'MAKE_RESTARTS', 'MFLAGS', 'MAKELEVEL', 'GNUMAKEFLAGS']);

/** Puts together what make's database and the text of the makefiles tell. */
export function toReading(
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
  const isRule = ({ name }: MakeTarget): boolean =>
    name !== ownGoal && (!database.byPattern.has(name) || scanned.places.has(name));
  const placed = database.targets.filter(isRule).map((target) => {
    const first = scanned.places.get(target.name);
    const location = ruleOf(target.location, scanned) ?? first;
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
