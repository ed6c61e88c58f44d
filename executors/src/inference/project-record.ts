import path from 'node:path';
import {
  createShellAnswerer,
  findReferences,
  inferTargets,
  mostTargets,
  readDatabase,
  readMakefile,
  type InferenceOptions,
  type InferredTarget,
  type MakeReading,
  type Reference,
} from '@switchyard/tools/make';
import { manifestNames, readManifest } from '@switchyard/tools/manifest';
import { readCompose, type ComposeRecord } from './compose-record.ts';
import { digestOf } from './record-cache.ts';
import { isOwnState, type Fingerprints, type SourceFingerprint } from './source-fingerprint.ts';

/** All that inference needs to know of one folder with a Makefile or compose files; kept in the cache. */
export interface ProjectRecord {
  /** Absolute. */
  readonly folder: string;
  /** Absolute path of the Makefile, where there is one. */
  readonly makefile?: string;
  /** Files that looked like compose files when it was read, relative to the workspace. */
  readonly composeFiles: readonly string[];
  /** What they hold; absent where there are none. */
  readonly compose?: ComposeRecord;
  /** The name that a manifest gives, if one does. */
  readonly name?: string;
  readonly scripts: readonly string[];
  readonly targets: readonly InferredTarget[];
  /** Makefiles and other files that reading depended on, absolute. */
  readonly makefiles: readonly string[];
  readonly references: readonly Reference[];
  /** Why the Makefile could not be read exactly, where it could not; one sentence. */
  readonly problem?: string;
  /** Which shell calls were not answered, where there are any; one sentence. */
  readonly unanswered?: string;
  /** With more time the reading could have been better. */
  readonly outOfTime?: true;
  readonly sources: readonly SourceFingerprint[];
  /** Digests of the values of variables; null for one that is not set. */
  readonly environment: Readonly<Record<string, string | null>>;
}

/** Where and with what a folder is read. */
export interface RecordRequest {
  readonly workspaceRoot: string;
  /** Absolute. */
  readonly folder: string;
  /** Absolute. */
  readonly makefile?: string;
  /** Relative to the workspace. */
  readonly composeFiles: readonly string[];
  readonly options: InferenceOptions;
  readonly environment: Readonly<Record<string, string>>;
  readonly fingerprints: Fingerprints;
  /** Milliseconds that reading may take; otherwise what the reader thinks right. */
  readonly time?: number;
}

/**
 * Reads one folder: its Makefile without running anything of it (unless the user opted in), its compose files, and its
 * manifests.
 */
export async function readProject(request: RecordRequest): Promise<ProjectRecord> {
  const { folder, makefile, composeFiles, workspaceRoot, fingerprints } = request;
  const place = { folder, composeFiles, ...(makefile === undefined ? {} : { makefile }) };
  try {
    return { ...place, ...(await readWhole(request)) };
  } catch (error) {
    // Whatever is wrong with one project, the others are there.
    const files = [...(makefile === undefined ? [] : [makefile]), ...composeFiles];
    const shown = path.relative(workspaceRoot, makefile ?? folder) || '.';
    const reason = error instanceof Error ? error.message : String(error);
    return {
      ...place,
      scripts: [],
      targets: [],
      makefiles: makefile === undefined ? [] : [makefile],
      references: [],
      problem: `${shown} could not be read: ${reason}. Please report it, with the file.`,
      sources: files.map((file) => fingerprints.take(path.resolve(workspaceRoot, file), false)),
      environment: {},
    };
  }
}

type Content = Omit<ProjectRecord, 'folder' | 'makefile' | 'composeFiles'>;

async function readWhole(request: RecordRequest): Promise<Content> {
  const { folder, makefile, workspaceRoot, fingerprints } = request;
  const made = makefile === undefined ? nothingMade : await readMade({ ...request, makefile });
  const compose =
    request.composeFiles.length === 0
      ? undefined
      : await readCompose(folder, workspaceRoot, request.environment);
  const manifest = readManifest(folder, workspaceRoot);
  const files = new Set([...made.files, ...(compose?.record.files ?? [])]);
  for (const name of manifestNames) files.add(path.join(folder, name));
  const variables = new Set([...made.variables, ...(compose?.record.variables ?? [])]);
  return {
    ...(manifest.name === undefined ? {} : { name: manifest.name }),
    scripts: manifest.scripts,
    ...made.content,
    ...(compose === undefined ? {} : { compose: compose.record }),
    references: [
      ...made.references,
      ...manifest.localDependencies.map((found) => ({ path: found.path, makefile: found.manifest })),
      ...(compose?.references ?? []),
    ],
    sources: [
      ...[...files].filter(isSource).map((file) => fingerprints.take(file, false)),
      ...[...new Set([...made.folders, ...(compose?.folders ?? [])])]
        .filter(isSource)
        .map((found) => fingerprints.take(found, true)),
    ],
    environment: Object.fromEntries(
      [...variables].map((name) => [name, digestOf(request.environment, name)]),
    ),
  };
}

/** What a Makefile says, and what that depends on. */
interface Made {
  readonly content: Pick<Content, 'targets' | 'makefiles' | 'problem' | 'unanswered' | 'outOfTime'>;
  readonly references: readonly Reference[];
  readonly files: readonly string[];
  readonly folders: readonly string[];
  readonly variables: readonly string[];
}

const nothingMade: Made = {
  content: { targets: [], makefiles: [] },
  references: [],
  files: [],
  folders: [],
  variables: [],
};

type MakefileRequest = RecordRequest & { readonly makefile: string };

async function readMade(request: MakefileRequest): Promise<Made> {
  const { makefile, workspaceRoot } = request;
  const reading = await readTrusted(request);
  const texts = reading.makefiles.map((file) => request.fingerprints.text(file) ?? '').filter(hasComments);
  const targets = inferTargets(reading, texts, request.options);
  return {
    content: {
      targets,
      makefiles: reading.makefiles,
      ...(targets.length < mostTargets
        ? {}
        : {
            problem: `${path.relative(workspaceRoot, makefile)} has more targets than the ${mostTargets} that are shown`,
          }),
      ...remarks(reading, workspaceRoot),
      ...(reading.outOfTime === undefined ? {} : { outOfTime: reading.outOfTime }),
    },
    references: findReferences(reading),
    files: [makefile, ...reading.makefiles, ...reading.sources.files],
    folders: reading.sources.folders,
    variables: Object.keys(reading.sources.environment),
  };
}

function isSource(source: string): boolean {
  return !isOwnState(source);
}

async function readTrusted({
  workspaceRoot,
  makefile,
  options,
  environment,
  fingerprints,
  time,
}: MakefileRequest): Promise<MakeReading> {
  const folder = path.relative(workspaceRoot, path.dirname(makefile)) || '.';
  const trusted =
    options.evaluateShell === true ||
    (Array.isArray(options.evaluateShell) && options.evaluateShell.includes(folder));
  if (trusted) return readDatabase({ makefile, environment });
  const text = fingerprints.text(makefile);
  return readMakefile({
    makefile,
    environment,
    root: workspaceRoot,
    ...(time === undefined ? {} : { limits: { evaluationTime: time, totalTime: time } }),
    answerShell: createShellAnswerer({ root: workspaceRoot }),
    ...(text === undefined ? {} : { text }),
  });
}

/** Files of many megabytes are generated: nobody commented their targets. */
function hasComments(text: string): boolean {
  return text.length < 4 * 1024 * 1024;
}

function remarks(reading: MakeReading, workspaceRoot: string): Pick<ProjectRecord, 'problem' | 'unanswered'> {
  const file = path.relative(workspaceRoot, reading.makefile);
  const calls = reading.unanswered.map(({ command, location }) => {
    const place = location === undefined ? '' : `line ${location.line}: `;
    return `${place}${command.replace(/\s+/g, ' ').slice(0, 80)}`;
  });
  const amount = calls.length === 1 ? '1 shell call was' : `${calls.length} shell calls were`;
  return {
    ...(reading.problem === undefined
      ? {}
      : { problem: `${file} could not be read exactly: ${reading.problem}` }),
    ...(calls.length === 0
      ? {}
      : { unanswered: `${file}: ${amount} not answered: ${calls.slice(0, 5).join('; ')}` }),
  };
}
