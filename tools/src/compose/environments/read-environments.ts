import { basename, dirname, join } from 'node:path';
import type { ComposeEnvironment } from '../environment.ts';
import { ComposeDisk } from '../file/compose-disk.ts';
import { parseDotEnv } from '../file/dot-env.ts';
import type { ModelContext } from '../file/load-model.ts';
import { ProblemList } from '../file/problem-list.ts';
import { ReadingLimits } from '../file/reading-limits.ts';
import { readModel, type ComposeModel } from '../file/read-model.ts';
import type { ParsedYaml } from '../file/yaml-text.ts';
import { arrangeFiles, type ArrangedFiles } from './arrange-files.ts';
import { normalizeProjectName } from './project-name.ts';

/** Where environments are looked for, and with which variables. */
export interface EnvironmentsRequest {
  /** The folder of a project; absolute, inside the workspace. */
  readonly folder: string;
  /** Nothing outside of it is read. */
  readonly workspaceRoot: string;
  readonly environment: Readonly<Record<string, string | undefined>>;
}

/** The environments of a project, and everything that the answer depends on. */
export interface EnvironmentsReading {
  /** The default one first, then by name. */
  readonly environments: readonly ComposeEnvironment[];
  readonly sources: {
    /** Read, or looked for and not there. */
    readonly files: readonly string[];
    readonly folders: readonly string[];
    /** Variables that were asked for, with their values; null for those that are not set. */
    readonly environment: Readonly<Record<string, string | null>>;
  };
}

/** Reads the environments of a project from its compose files; no engine is asked and nothing runs. It never throws for what is in the files. */
export function readEnvironments({
  folder,
  workspaceRoot,
  environment,
}: EnvironmentsRequest): EnvironmentsReading {
  const disk = new ComposeDisk(workspaceRoot);
  const asked = new Map<string, string | null>();
  const lookup = (name: string): string | undefined => {
    const value = Object.hasOwn(environment, name) ? environment[name] : undefined;
    asked.set(name, value ?? null);
    return value;
  };
  const shared = { disk, lookup, limits: new ReadingLimits(), parsed: new Map<string, ParsedYaml>() };
  const contextFor = (): ModelContext => ({ ...shared, problems: new ProblemList(workspaceRoot) });
  const environments = arrangeFiles(folder, contextFor()).map((arranged, _index, all): ComposeEnvironment => {
    const context = contextFor();
    const model = readModel(arranged.files, context);
    for (const { envFiles } of model.services) for (const { path } of envFiles) disk.note(path);
    for (const sentence of arranged.remarks)
      context.problems.add({ file: arranged.files[0] ?? folder, line: 0 }, sentence);
    const declaredName = declaredNameOf(arranged, model, all.length === 1, folder, context);
    return {
      name: arranged.name,
      folder,
      files: arranged.files,
      ...(declaredName === undefined ? {} : { declaredName }),
      services: model.services,
      externalNetworks: model.externalNetworks,
      volumes: model.volumes,
      problems: context.problems.sentences,
    };
  });
  return {
    environments,
    sources: {
      files: [...disk.files],
      folders: [...disk.folders],
      environment: Object.fromEntries([...asked].sort(([one], [other]) => (one < other ? -1 : 1))),
    },
  };
}

/**
 * What the files call it: `name:`, else COMPOSE_PROJECT_NAME of their `.env`; a plain `compose.yaml` without either is
 * called after its folder, as Compose does by itself. A name that several environments share, because it stands in their
 * base file or their `.env`, is that of the plain one, and the others add their own to it: `shop-test`.
 */
function declaredNameOf(
  { files, name, isPlain }: ArrangedFiles,
  model: ComposeModel,
  isOnly: boolean,
  folder: string,
  context: ModelContext,
): string | undefined {
  const [first = folder] = files;
  const own = model.name === undefined ? '' : normalizeProjectName(model.name.text);
  const dotEnv = context.disk.read(join(dirname(first), '.env'));
  const set = parseDotEnv(dotEnv.kind === 'text' ? dotEnv.text : '', context.lookup).get(
    'COMPOSE_PROJECT_NAME',
  );
  const fromDotEnv = normalizeProjectName(set ?? '');
  if (own !== '' && model.name !== undefined) {
    if (fromDotEnv !== '' && fromDotEnv !== own)
      context.problems.add(
        model.name,
        `Compose by itself calls it ${fromDotEnv}, from COMPOSE_PROJECT_NAME in .env; Switchyard takes this name, ${own}`,
      );
    return isPlain || isOnly || model.name.file === files.at(-1)
      ? own
      : `${own}-${normalizeProjectName(name)}`;
  }
  if (fromDotEnv !== '')
    return isPlain || isOnly ? fromDotEnv : `${fromDotEnv}-${normalizeProjectName(name)}`;
  const folderName = normalizeProjectName(basename(folder));
  return isPlain && dirname(first) === folder && folderName !== '' ? folderName : undefined;
}
