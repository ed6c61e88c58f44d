import { basename, dirname, join } from 'node:path';
import { parseDotEnv } from '../file/dot-env.ts';
import type { ModelContext } from '../file/load-model.ts';
import type { ComposeModel } from '../file/read-model.ts';
import type { ArrangedFiles } from './arrange-files.ts';
import type { EnvironmentVariables } from './env-files.ts';
import { normalizeProjectName } from './project-name.ts';

/** What the name of an environment can be read from. */
export interface NameSources {
  readonly arranged: ArrangedFiles;
  readonly model: ComposeModel;
  /** The project has no other environment. */
  readonly isOnly: boolean;
  /** The folder of the project. */
  readonly folder: string;
  readonly variables: EnvironmentVariables;
}

/**
 * What the files call it: `name:`, else COMPOSE_PROJECT_NAME of the environment's own file of variables, else of their
 * `.env`; a plain `compose.yaml` without any is called after its folder, as Compose does by itself. A name that several
 * environments share, because it stands in their base file or their `.env`, is that of the plain one, and the others add
 * their own to it: `shop-test`.
 */
export function declaredNameOf(
  { arranged: { files, name, isPlain }, model, isOnly, folder, variables }: NameSources,
  context: ModelContext,
): string | undefined {
  const [first = folder] = files;
  const own = model.name === undefined ? '' : normalizeProjectName(model.name.text);
  const setIn = (file: string): string => {
    const found = context.disk.read(file);
    const set = parseDotEnv(found.kind === 'text' ? found.text : '', context.lookup);
    return normalizeProjectName(set.get('COMPOSE_PROJECT_NAME') ?? '');
  };
  const fromOwnFile = variables.own === undefined ? '' : setIn(variables.own);
  const fromDotEnv = fromOwnFile || setIn(join(dirname(first), '.env'));
  const isShared = fromOwnFile === '' && !isPlain && !isOnly;
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
  if (fromDotEnv !== '') return isShared ? `${fromDotEnv}-${normalizeProjectName(name)}` : fromDotEnv;
  const folderName = normalizeProjectName(basename(folder));
  return isPlain && dirname(first) === folder && folderName !== '' ? folderName : undefined;
}
