import path from 'node:path';
import {
  createShellAnswerer,
  findReferences,
  inferTargets,
  readDatabase,
  readMakefile,
  type InferenceOptions,
  type InferredTarget,
  type MakeReading,
  type Reference,
} from '@switchyard/tools/make';
import { readRegularFile } from '@switchyard/tools/file';
import { manifestNames, readManifest } from '@switchyard/tools/manifest';
import { fingerprint, type SourceFingerprint } from './source-fingerprint.ts';

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
  /** What could not be read or answered, for people; one sentence each. */
  readonly warnings: readonly string[];
  readonly sources: readonly SourceFingerprint[];
  readonly environment: Readonly<Record<string, string | null>>;
}

/** Where and with what a folder is read. */
export interface RecordRequest {
  readonly workspaceRoot: string;
  readonly makefile: string;
  readonly options: InferenceOptions;
  readonly environment: Readonly<Record<string, string>>;
}

/** Reads one folder: its Makefile without running anything of it (unless the user opted in), and its manifests. */
export async function readProject(request: RecordRequest): Promise<ProjectRecord> {
  const { makefile } = request;
  const folder = path.dirname(makefile);
  const reading = await readTrusted(request);
  const texts = reading.makefiles.map((file) => readRegularFile(file) ?? '');
  const manifest = readManifest(folder);
  const files = new Set([makefile, ...reading.makefiles, ...reading.sources.files]);
  for (const name of manifestNames) files.add(path.join(folder, name));
  return {
    makefile,
    ...(manifest.name === undefined ? {} : { name: manifest.name }),
    scripts: manifest.scripts,
    targets: inferTargets(reading, texts, request.options),
    makefiles: reading.makefiles,
    references: [
      ...findReferences(reading),
      ...manifest.localDependencies.map((found) => ({ path: found.path, makefile: found.manifest })),
    ],
    warnings: warningsOf(reading, request.workspaceRoot),
    sources: [
      ...[...files].map((file) => fingerprint(file, false)),
      ...reading.sources.folders.map((found) => fingerprint(found, true)),
    ],
    environment: reading.sources.environment,
  };
}

async function readTrusted({
  workspaceRoot,
  makefile,
  options,
  environment,
}: RecordRequest): Promise<MakeReading> {
  const folder = path.relative(workspaceRoot, path.dirname(makefile)) || '.';
  const trusted =
    options.evaluateShell === true ||
    (Array.isArray(options.evaluateShell) && options.evaluateShell.includes(folder));
  if (trusted) return readDatabase({ makefile, environment });
  return readMakefile({ makefile, environment, answerShell: createShellAnswerer({ root: workspaceRoot }) });
}

function warningsOf(reading: MakeReading, workspaceRoot: string): readonly string[] {
  const file = path.relative(workspaceRoot, reading.makefile);
  const unanswered = reading.unanswered.map(({ command, location }) => {
    const place = location === undefined ? '' : `line ${location.line}: `;
    return `${place}${command.replace(/\s+/g, ' ').slice(0, 80)}`;
  });
  return [
    ...(reading.problem === undefined ? [] : [`${file} could not be read exactly: ${reading.problem}`]),
    ...(unanswered.length === 0
      ? []
      : [
          `${file}: ${unanswered.length} shell call${unanswered.length === 1 ? ' was' : 's were'} not answered: ${unanswered.slice(0, 5).join('; ')}`,
        ]),
  ];
}
