import { basename, dirname } from 'node:path';
import { entriesOf, valueOf, type ComposeNode, type MappingNode } from '../file/compose-node.ts';
import { readNodes, type ModelContext } from '../file/load-model.ts';
import { ProblemList } from '../file/problem-list.ts';
import { LimitReached } from '../file/reading-limits.ts';
import { findUnresolved, type Unresolved } from '../file/unresolved.ts';

/** A file looked at by itself, before it is known what it is put over. */
export interface LoneFile {
  readonly file: string;
  /** It has `services:` or `include:`, or does not parse. */
  readonly isCompose: boolean;
  /** What it lacks to stand by itself. */
  readonly lacks: readonly Unresolved[];
  /** Names that it defines, such as `services/db`. */
  readonly defines: ReadonlySet<string>;
  readonly text: string;
}

/** Looks at a file by itself; a problem in it is told when it is read as part of an environment. */
export function lookAtFile(file: string, context: ModelContext): LoneFile {
  const found = context.disk.read(file);
  const text = found.kind === 'text' ? found.text : '';
  const quiet: ModelContext = { ...context, problems: new ProblemList(dirname(file)) };
  try {
    const documents = readNodes(file, { file, line: 0 }, dirname(file), undefined, quiet);
    const models = documents.filter((node): node is MappingNode => node.kind === 'mapping');
    const unread = found.kind !== 'text' || (context.parsed.get(file)?.errors.length ?? 0) > 0;
    return {
      file,
      isCompose: models.some(isComposeModel) || unread,
      // What an include brings is not known here, and may be all that is lacking.
      lacks: models.flatMap((model) =>
        valueOf(model, 'include') === undefined ? findUnresolved(model, context.limits) : [],
      ),
      defines: new Set(models.flatMap(definedNames)),
      text,
    };
  } catch (error) {
    if (!(error instanceof LimitReached)) throw error;
    return { file, isCompose: true, lacks: [], defines: new Set(), text };
  }
}

/**
 * The rule: an environment's file is put over a base file when it cannot stand by itself (a service has neither image nor
 * build, or something is named and not defined) and the base has what is missing; or when a comment of its own shows both
 * together, as in `docker compose -f compose.yaml -f compose.test.yaml up`.
 */
export function needsBase(file: LoneFile, base: LoneFile): boolean {
  return (
    file.lacks.some(({ section, name }) => base.defines.has(`${section}/${name}`)) ||
    isShownTogether(file, base)
  );
}

function isShownTogether(file: LoneFile, base: LoneFile): boolean {
  const [first, second] = [basename(base.file), basename(file.file)].map((name) =>
    name.replaceAll('.', '\\.'),
  );
  const shown = new RegExp(`-f[ =]\\S{0,200}?${first}\\s+-f[ =]\\S{0,200}?${second}(\\s|$|\`|")`);
  return file.text.split('\n').some((line) => /^\s*#/.test(line) && shown.test(line.slice(0, 1000)));
}

function isComposeModel(model: ComposeNode): boolean {
  return valueOf(model, 'services')?.kind === 'mapping' || valueOf(model, 'include') !== undefined;
}

function definedNames(model: MappingNode): readonly string[] {
  return ['services', 'networks', 'volumes', 'configs', 'secrets'].flatMap((section) =>
    entriesOf(valueOf(model, section)).map(([name]) => `${section}/${name}`),
  );
}
