import { basename, dirname } from 'node:path';
import type { ModelContext } from '../file/load-model.ts';
import { discoverFiles, type FoundFile } from './discover.ts';
import { lookAtFile, needsBase, type LoneFile } from './stands-alone.ts';

/** Which files make up an environment. */
export interface ArrangedFiles {
  readonly name: string;
  /** In the order of `-f`. */
  readonly files: readonly string[];
  /** What `docker compose up` in the folder takes by itself. */
  readonly isPlain: boolean;
  /** What a person should know of the choice. */
  readonly remarks: readonly string[];
}

type Candidate = FoundFile & { readonly lone: LoneFile };

/**
 * The environments of a folder: each `compose.NAME.yaml`, by itself or over its base; and the plain `compose.yaml`, which
 * is `dev`, or `default` where another file is `dev`. One that comes second under a name is left out. `dev` comes first.
 */
export function arrangeFiles(folder: string, context: ModelContext): readonly ArrangedFiles[] {
  const candidates = discoverFiles(folder, context.disk)
    .map((found): Candidate => ({ ...found, lone: lookAtFile(found.file, context) }))
    .filter(({ lone }) => lone.isCompose);
  const arranged = new Map<string, ArrangedFiles>();
  for (const candidate of candidates) {
    if (candidate.role.kind !== 'environment') continue;
    const base = baseOf(candidate, candidates);
    add(arranged, {
      name: candidate.role.name,
      files: [...(base === undefined ? [] : [base.file]), candidate.file],
      isPlain: false,
      remarks: [],
    });
  }
  const isUsed = (base: Candidate): boolean =>
    [...arranged.values()].some(({ files }) => files[0] === base.file);
  for (const plain of candidates.filter(({ role }) => role.kind === 'plain')) {
    // One that cannot stand by itself and has others over it is there for them only.
    if (plain.lone.lacks.length > 0 && plain.overrides.length === 0 && isUsed(plain)) continue;
    const base = plain.lone.lacks.length === 0 ? undefined : baseOf(plain, candidates);
    add(arranged, {
      name: arranged.has('dev') ? 'default' : 'dev',
      files: [...(base === undefined ? [] : [base.file]), plain.file, ...plain.overrides],
      isPlain: true,
      remarks: [],
    });
  }
  const rank = (name: string): number => ['dev', 'default'].indexOf(name) + 1 || 3;
  return [...arranged.values()].sort(
    (one, other) => rank(one.name) - rank(other.name) || (one.name < other.name ? -1 : 1),
  );
}

/** The nearest file that it needs: of its own folder first, and one that is made to be a base first. */
function baseOf(candidate: Candidate, candidates: readonly Candidate[]): Candidate | undefined {
  const folder = dirname(candidate.file);
  const distance = ({ file, role }: Candidate): number =>
    (dirname(file) === folder ? 0 : 2) + (role.kind === 'base' ? 0 : 1);
  return candidates
    .filter(
      (other) =>
        other !== candidate && other.role.kind !== 'environment' && folder.startsWith(dirname(other.file)),
    )
    .sort((one, other) => distance(one) - distance(other))
    .find((base) => needsBase(candidate.lone, base.lone));
}

function add(arranged: Map<string, ArrangedFiles>, found: ArrangedFiles): void {
  const earlier = arranged.get(found.name);
  if (earlier === undefined) {
    arranged.set(found.name, found);
    return;
  }
  const remark = `${basename(found.files.at(-1) ?? '')} would be ${found.name} too, and is left out`;
  arranged.set(found.name, { ...earlier, remarks: [...earlier.remarks, remark] });
}
