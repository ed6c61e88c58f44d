import { accessSync, constants, readFileSync } from 'node:fs';
import path from 'node:path';
import type { ProjectConfiguration } from '@nx/devkit';
import type { InferenceOptions } from '@switchyard/tools/make';
import { ancestors } from './ancestors.ts';
import { composePlatform } from './compose-platform.ts';
import { foreignNames } from './foreign-names.ts';
import { launcherFor } from './make-command.ts';
import { projectConfiguration } from './project-configuration.ts';
import { projectFolders, wouldHang, type ProjectFolder } from './project-folders.ts';
import { nameProjects } from './project-names.ts';
import type { ProjectRecord, RecordRequest } from './project-record.ts';
import { ReadingAllowance } from './reading-allowance.ts';
import { RecordCache } from './record-cache.ts';
import { scriptOwners } from './script-owners.ts';
import { Fingerprints } from './source-fingerprint.ts';

/** The projects of a workspace's Makefiles and compose files, by their folder, and what people should know of them. */
export interface InferredWorkspace {
  readonly projects: ReadonlyMap<
    string,
    {
      /** The file that makes it a project; relative to the workspace. */
      readonly source: string;
      readonly configuration: ProjectConfiguration;
    }
  >;
  readonly records: ReadonlyMap<string, ProjectRecord>;
  readonly warnings: readonly string[];
}

/** All of the package's manifest: it changes with the version, and is cheaper to compare than to understand. */
const version = readFileSync(path.resolve(import.meta.dirname, '..', '..', 'package.json'), 'utf8');

/**
 * Infers all projects. `files` are Makefiles, files that look like compose files, and the manifests that Nx makes
 * projects of, relative to the workspace; a record that is still good is not read again.
 */
export async function inferWorkspace(
  workspaceRoot: string,
  files: readonly string[],
  options: InferenceOptions,
): Promise<InferredWorkspace> {
  const folders = projectFolders(workspaceRoot, files, options);
  const records = await readFolders(workspaceRoot, folders, options);
  const manifests = files.filter((file) => manifestNames.has(path.posix.basename(file)));
  return {
    projects: await configure(workspaceRoot, records, options, manifests),
    records,
    warnings: collectWarnings(records),
  };
}

const manifestNames: ReadonlySet<string> = new Set(['package.json', 'project.json']);

/** The records of all folders that are projects. */
async function readFolders(
  workspaceRoot: string,
  folders: ReadonlyMap<string, ProjectFolder>,
  options: InferenceOptions,
): Promise<ReadonlyMap<string, ProjectRecord>> {
  const environment = definedVariables(process.env);
  const cache = RecordCache.open(workspaceRoot, JSON.stringify([version, options]));
  const fingerprints = new Fingerprints(workspaceRoot);
  const records = new Map<string, ProjectRecord>();
  const allowance = new ReadingAllowance();
  const slow: { readonly root: string; readonly request: RecordRequest }[] = [];
  const read = async (root: string, { makefile, composeFiles }: ProjectFolder): Promise<ProjectRecord> => {
    const place = {
      folder: path.join(workspaceRoot, root),
      composeFiles,
      ...(makefile === undefined ? {} : { makefile: path.join(workspaceRoot, makefile) }),
    };
    const known = cache.find(place, environment, fingerprints);
    if (known !== undefined) return known;
    // The readers are large, and most of the time nothing has changed.
    const { readProject } = await import('./project-record.ts');
    const request = { workspaceRoot, ...place, options, environment, fingerprints };
    const record = await allowance.read((time) => readProject({ ...request, time }), 'first');
    if (record.outOfTime === true) slow.push({ root, request });
    else cache.add(record);
    return record;
  };
  for (const [root, folder] of folders) {
    const record = await read(root, folder);
    // Files with the name of a compose file may be something else.
    if (record.makefile !== undefined || hasEnvironments(record)) records.set(root, record);
  }
  // The root has the targets for the whole platform.
  const needsRoot = !records.has('.') && [...records.values()].some(hasEnvironments);
  if (needsRoot && !wouldHang(workspaceRoot, '.'))
    records.set('.', await read('.', folders.get('.') ?? { composeFiles: [] }));
  // Those that need longer come last, so that what they cost is not taken from the others.
  for (const { root, request } of slow) {
    if (allowance.isSpent) break;
    const { readProject } = await import('./project-record.ts');
    const record = await allowance.read((time) => readProject({ ...request, time }), 'second');
    // What a busy machine cut short is not kept: next time it may be read to its end.
    if (record.outOfTime !== true) cache.add(record);
    records.set(root, record);
  }
  cache.save();
  return records;
}

function hasEnvironments({ compose }: ProjectRecord): boolean {
  return compose !== undefined && compose.environments.length > 0;
}

function definedVariables(environment: NodeJS.ProcessEnv): Record<string, string> {
  return Object.fromEntries(
    Object.entries(environment).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])),
  );
}

async function configure(
  workspaceRoot: string,
  records: ReadonlyMap<string, ProjectRecord>,
  options: InferenceOptions,
  manifests: readonly string[],
): Promise<InferredWorkspace['projects']> {
  const ownsScripts = scriptOwners(workspaceRoot);
  const names = nameProjects(
    [...records].map(([root, { name }]) => ({ root, ...(name === undefined ? {} : { name }) })),
    foreignNames(workspaceRoot, manifests, new Set(records.keys()), ownsScripts),
  );
  const launcher = launcherFor(workspaceRoot);
  const platform = await composePlatform(workspaceRoot, records, names, options);
  const hasPlatform = options.compose && [...records.values()].some(hasEnvironments);
  const parents = new Set([...records.keys()].flatMap(ancestors));
  const roots = [...records.keys()];
  const projects = new Map<string, { source: string; configuration: ProjectConfiguration }>();
  for (const [root, record] of records) {
    const source = sourceOf(workspaceRoot, record, records);
    const own = platform?.get(root);
    const configuration = projectConfiguration(record, {
      workspaceRoot,
      root,
      name: names.get(root) ?? root,
      options,
      launcher: launcher(root),
      hasNested: parents.has(root),
      roots,
      ownsScripts: ownsScripts(root),
      ...(own === undefined ? {} : { platform: own }),
      isPlatform: root === '.' && hasPlatform,
    });
    if (source !== undefined) projects.set(root, { source, configuration });
  }
  return projects;
}

/** The file that Nx is told makes a project; the root may be one only because of those of other projects. */
function sourceOf(
  workspaceRoot: string,
  record: ProjectRecord,
  records: ReadonlyMap<string, ProjectRecord>,
): string | undefined {
  if (record.makefile !== undefined) return path.relative(workspaceRoot, record.makefile);
  return [record, ...records.values()].flatMap(({ composeFiles }) => composeFiles)[0];
}

function collectWarnings(records: ReadonlyMap<string, ProjectRecord>): readonly string[] {
  const warnings = [...records.values()].flatMap((record) => record.problem ?? []);
  const hasMakefiles = [...records.values()].some(({ makefile }) => makefile !== undefined);
  if (hasMakefiles && !isOnPath('make'))
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
