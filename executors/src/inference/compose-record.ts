import path from 'node:path';
import type { ComposeEnvironment } from '@switchyard/tools/compose';
import type { Reference } from '@switchyard/tools/make';

/** What is kept of a project's compose files. */
export interface ComposeRecord {
  /** Without what services are given to run with: that may be secret, and is not needed here. */
  readonly environments: readonly ComposeEnvironment[];
  /** All that was read or looked for; absolute. */
  readonly files: readonly string[];
  /** Variables that the files interpolate. */
  readonly variables: readonly string[];
}

/** A record, and what it depends on. */
export interface ComposeReading {
  readonly record: ComposeRecord;
  readonly references: readonly Reference[];
  readonly folders: readonly string[];
}

/** Reads the compose files of a folder; undefined where none of them is one. */
export async function readCompose(
  folder: string,
  workspaceRoot: string,
  environment: Readonly<Record<string, string>>,
): Promise<ComposeReading> {
  const { readEnvironments } = await import('@switchyard/tools/compose/reading');
  const { environments, sources } = readEnvironments({ folder, workspaceRoot, environment });
  return {
    record: {
      environments: environments.map(reduce),
      files: sources.files,
      variables: Object.keys(sources.environment).toSorted(),
    },
    references: composeReferences(folder, environments, sources.files),
    folders: sources.folders,
  };
}

function reduce(environment: ComposeEnvironment): ComposeEnvironment {
  const services = environment.services.map((service) => ({
    ...service,
    environment: {},
    envFiles: [],
    mounts: [],
  }));
  return { ...environment, services };
}

/** The places outside the folder that its compose files name: contexts, mounts, and files that they take in. */
export function composeReferences(
  folder: string,
  environments: readonly ComposeEnvironment[],
  files: readonly string[],
): readonly Reference[] {
  const found = new Map<string, Reference>();
  const add = (place: string, file: string | undefined): void => {
    const isInside = place === folder || place.startsWith(folder + path.sep);
    if (!isInside && file !== undefined && !found.has(place))
      found.set(place, { path: place, makefile: file });
  };
  for (const environment of environments) {
    const named = environment.files.at(-1);
    for (const { build, envFiles, mounts } of environment.services) {
      if (build !== undefined) {
        add(build.context, named);
        add(path.resolve(build.context, build.dockerfile), named);
      }
      for (const file of envFiles) add(file.path, named);
      for (const mount of mounts) add(mount, named);
    }
  }
  const first = environments[0]?.files.at(-1);
  for (const file of files) add(file, first);
  return [...found.values()];
}
