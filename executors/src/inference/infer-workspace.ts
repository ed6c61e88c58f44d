import { accessSync, constants, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import type { ProjectConfiguration } from '@nx/devkit';
import type { InferenceOptions } from '@switchyard/tools/make';
import { foreignNames } from './foreign-names.ts';
import { launcherFor } from './make-command.ts';
import { nxTarget } from './nx-target.ts';
import { ancestors } from './ancestors.ts';
import { nameProjects } from './project-names.ts';
import type { ProjectRecord } from './project-record.ts';
import { ReadingAllowance } from './reading-allowance.ts';
import { RecordCache } from './record-cache.ts';
import { scriptOwners } from './script-owners.ts';
import { sharedInputs } from './shared-inputs.ts';
import { Fingerprints } from './source-fingerprint.ts';

/** The projects of a workspace's Makefiles, by their folder, and what people should know of them. */
export interface InferredWorkspace {
  readonly projects: ReadonlyMap<
    string,
    { readonly makefile: string; readonly configuration: ProjectConfiguration }
  >;
  readonly records: ReadonlyMap<string, ProjectRecord>;
  readonly warnings: readonly string[];
}

/** All of the package's manifest: it changes with the version, and is cheaper to compare than to understand. */
const version = readFileSync(path.resolve(import.meta.dirname, '..', '..', 'package.json'), 'utf8');

/**
 * Infers all projects. `files` are Makefiles and the manifests that Nx makes projects of, relative to the workspace; a
 * record that is still good is not read again.
 */
export async function inferWorkspace(
  workspaceRoot: string,
  files: readonly string[],
  options: InferenceOptions,
): Promise<InferredWorkspace> {
  const isMakefile = (file: string): boolean => preference.includes(path.posix.basename(file));
  const makefiles = files.filter(isMakefile);
  const environment = definedVariables(process.env);
  const cache = RecordCache.open(workspaceRoot, JSON.stringify([version, options]));
  const fingerprints = new Fingerprints(workspaceRoot);
  const records = new Map<string, ProjectRecord>();
  const allowance = new ReadingAllowance();
  const slow: (readonly [string, string])[] = [];
  for (const [root, makefile] of makefileOfEachFolder(workspaceRoot, makefiles, options)) {
    const absolute = path.join(workspaceRoot, makefile);
    let record = cache.find(absolute, environment, fingerprints);
    if (record === undefined) {
      // The readers are large, and most of the time nothing has changed.
      const { readProject } = await import('./project-record.ts');
      const request = { workspaceRoot, makefile: absolute, options, environment, fingerprints };
      record = await allowance.read((time) => readProject({ ...request, time }), 'first');
      if (record.outOfTime === true) slow.push([root, absolute]);
      else cache.add(record);
    }
    records.set(root, record);
  }
  // Those that need longer come last, so that what they cost is not taken from the others.
  for (const [root, makefile] of slow) {
    if (allowance.isSpent) break;
    const request = { workspaceRoot, makefile, options, environment, fingerprints };
    const { readProject } = await import('./project-record.ts');
    const record = await allowance.read((time) => readProject({ ...request, time }), 'second');
    // What a busy machine cut short is not kept: next time it may be read to its end.
    if (record.outOfTime !== true) cache.add(record);
    records.set(root, record);
  }
  cache.save();
  return {
    projects: configure(
      workspaceRoot,
      records,
      options,
      files.filter((file) => !isMakefile(file)),
    ),
    records,
    warnings: collectWarnings(records),
  };
}

function definedVariables(environment: NodeJS.ProcessEnv): Record<string, string> {
  return Object.fromEntries(
    Object.entries(environment).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])),
  );
}

/** make's own order of preference where a folder has several. */
const preference = ['GNUmakefile', 'makefile', 'Makefile'];

function makefileOfEachFolder(
  workspaceRoot: string,
  makefiles: readonly string[],
  options: InferenceOptions,
): ReadonlyMap<string, string> {
  const chosen = new Map<string, string>();
  const rank = (file: string): number => preference.indexOf(path.posix.basename(file));
  for (const file of makefiles.toSorted()) {
    const root = path.posix.dirname(file);
    if (options.ignore.some((glob) => path.matchesGlob(file, glob))) continue;
    if (wouldHang(workspaceRoot, root)) continue;
    const other = chosen.get(root);
    if (other === undefined || rank(file) < rank(other)) chosen.set(root, file);
  }
  return chosen;
}

/** Nx opens these files of every project by itself, and waits for ever where one is a pipe or a device. */
function wouldHang(workspaceRoot: string, root: string): boolean {
  return ['package.json', 'project.json'].some((name) => {
    try {
      const stat = statSync(path.join(workspaceRoot, root, name), { throwIfNoEntry: false });
      return stat !== undefined && !stat.isFile() && !stat.isDirectory();
    } catch {
      return false;
    }
  });
}

function configure(
  workspaceRoot: string,
  records: ReadonlyMap<string, ProjectRecord>,
  options: InferenceOptions,
  manifests: readonly string[],
): InferredWorkspace['projects'] {
  const ownsScripts = scriptOwners(workspaceRoot);
  const names = nameProjects(
    [...records].map(([root, { name }]) => ({ root, ...(name === undefined ? {} : { name }) })),
    foreignNames(workspaceRoot, manifests, new Set(records.keys()), ownsScripts),
  );
  const launcher = launcherFor(workspaceRoot);
  const parents = new Set([...records.keys()].flatMap(ancestors));
  const projects = new Map<string, { makefile: string; configuration: ProjectConfiguration }>();
  for (const [root, record] of records) {
    const scripts = new Set(ownsScripts(root) ? record.scripts : []);
    const nameOf = (target: string): string => {
      const prefixed = `${options.prefix}${target}`;
      return scripts.has(prefixed) ? `make:${prefixed}` : prefixed;
    };
    const context = {
      root,
      options,
      launcher: launcher(root),
      hasNested: parents.has(root),
      sharedInputs: sharedInputs(workspaceRoot, root, record, [...records.keys()]),
      nameOf,
    };
    // One that another depends on has to be there: make is told that it is done.
    const needed = new Set(record.targets.flatMap(({ dependsOn }) => dependsOn));
    const shown = record.targets.filter(
      ({ makeTarget }) =>
        options.scripts === 'beside' ||
        needed.has(makeTarget) ||
        !scripts.has(`${options.prefix}${makeTarget}`),
    );
    const makefile = path.relative(workspaceRoot, record.makefile);
    const remarks = [record.problem, record.unanswered].filter((remark) => remark !== undefined);
    projects.set(root, {
      makefile,
      configuration: {
        root,
        name: names.get(root) ?? root,
        metadata: {
          technologies: ['make'],
          ...(remarks.length === 0 ? {} : { makeWarnings: remarks }),
        },
        targets: Object.fromEntries(
          shown.map((target) => [nameOf(target.makeTarget), nxTarget(target, context)]),
        ),
      },
    });
  }
  return projects;
}

function collectWarnings(records: ReadonlyMap<string, ProjectRecord>): readonly string[] {
  const warnings = [...records.values()].flatMap((record) => record.problem ?? []);
  if (records.size > 0 && !isOnPath('make'))
    warnings.unshift(
      'make is not on the PATH: its targets are shown, and cannot run until GNU make is installed',
    );
  return warnings;
}

function isOnPath(program: string): boolean {
  return (process.env['PATH'] ?? '').split(path.delimiter).some((folder) => {
    try {
      accessSync(path.join(folder, program), constants.X_OK);
      return true;
    } catch {
      return false;
    }
  });
}
