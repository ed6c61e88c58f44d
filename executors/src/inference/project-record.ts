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
import { digestOf } from './record-cache.ts';
import { isOwnState, type Fingerprints, type SourceFingerprint } from './source-fingerprint.ts';

/** All that inference needs to know of one folder with a Makefile; kept in the cache. */
export interface ProjectRecord {
  /** Absolute path of the Makefile. */
  readonly makefile: string;
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
  readonly makefile: string;
  readonly options: InferenceOptions;
  readonly environment: Readonly<Record<string, string>>;
  readonly fingerprints: Fingerprints;
  /** Milliseconds that reading may take; otherwise what the reader thinks right. */
  readonly time?: number;
}

/** Reads one folder: its Makefile without running anything of it (unless the user opted in), and its manifests. */
export async function readProject(request: RecordRequest): Promise<ProjectRecord> {
  try {
    return await readWhole(request);
  } catch (error) {
    // Whatever is wrong with one Makefile, the other projects are there.
    const makefile = path.relative(request.workspaceRoot, request.makefile);
    const reason = error instanceof Error ? error.message : String(error);
    return {
      makefile: request.makefile,
      scripts: [],
      targets: [],
      makefiles: [request.makefile],
      references: [],
      problem: `${makefile} could not be read: ${reason}. Please report it, with the Makefile.`,
      sources: [request.fingerprints.take(request.makefile, false)],
      environment: {},
    };
  }
}

async function readWhole(request: RecordRequest): Promise<ProjectRecord> {
  const { makefile } = request;
  const folder = path.dirname(makefile);
  const reading = await readTrusted(request);
  const texts = reading.makefiles.map((file) => request.fingerprints.text(file) ?? '').filter(hasComments);
  const manifest = readManifest(folder, request.workspaceRoot);
  const files = new Set([makefile, ...reading.makefiles, ...reading.sources.files]);
  for (const name of manifestNames) files.add(path.join(folder, name));
  const targets = inferTargets(reading, texts, request.options);
  return {
    makefile,
    ...(manifest.name === undefined ? {} : { name: manifest.name }),
    scripts: manifest.scripts,
    targets,
    makefiles: reading.makefiles,
    references: [
      ...findReferences(reading),
      ...manifest.localDependencies.map((found) => ({ path: found.path, makefile: found.manifest })),
    ],
    ...(targets.length < mostTargets
      ? {}
      : {
          problem: `${path.relative(request.workspaceRoot, makefile)} has more targets than the ${mostTargets} that are shown`,
        }),
    ...remarks(reading, request.workspaceRoot),
    ...(reading.outOfTime === undefined ? {} : { outOfTime: reading.outOfTime }),
    sources: [
      ...[...files].filter(isSource).map((file) => request.fingerprints.take(file, false)),
      ...reading.sources.folders.filter(isSource).map((found) => request.fingerprints.take(found, true)),
    ],
    environment: Object.fromEntries(
      Object.keys(reading.sources.environment).map((name) => [name, digestOf(request.environment, name)]),
    ),
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
}: RecordRequest): Promise<MakeReading> {
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
