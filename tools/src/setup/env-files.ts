import { existsSync, linkSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { readRegularFile } from '../file/index.ts';
import { isInside, mayBeMade } from './may-be-made.ts';
import type { SetupPlatform, SetupStep, SetupWork, WorkOutcome } from './setup-step.ts';

/** Where examples are looked for in a project. */
const folders = ['.', 'env', 'config', 'compose', 'docker'];

/** `.env.example`, `.env.dev.example`, `api.env.sample`, `.env.dist`. */
const example = /^((?:[\w-]+)?\.env(?:\.[\w-]+)*?|[\w-]*env)\.(?:example|sample|template|dist)$/;

/** A missing file and the example that it is made from, both absolute. */
export interface MissingEnvFile {
  readonly file: string;
  readonly example: string;
}

/**
 * Env files that are missing and have an example: `X` for `X.example`; and those that a service of an environment
 * names, from their own example or from the `.env.example` in their folder.
 */
export function missingEnvFiles({
  projects,
  environments,
  workspaceRoot,
}: SetupPlatform): readonly MissingEnvFile[] {
  const missing = new Map<string, string>();
  const named = environments.flatMap(({ services }) =>
    services.flatMap(({ envFiles }) => envFiles.map((found) => found.path)),
  );
  for (const file of named) {
    const source = exampleFor(file);
    if (source !== undefined) missing.set(file, source);
  }
  for (const { folder } of projects) {
    for (const place of folders.map((name) => path.join(folder, name))) {
      for (const name of list(place)) {
        const stem = example.exec(name)?.[1];
        if (stem === undefined) continue;
        const file = path.join(place, stem);
        // `.env.example` is the template of the `.env.dev` that an environment names: then there is no `.env` to make.
        const isTemplate = named.some(
          (other) => other !== file && exampleFor(other) === path.join(place, name),
        );
        if (!isTemplate) missing.set(file, path.join(place, name));
      }
    }
  }
  return [...missing]
    .filter(([file, source]) => mayBeMade(file, workspaceRoot) && isInside(source, workspaceRoot))
    .map(([file, source]) => ({ file, example: source }));
}

function exampleFor(file: string): string | undefined {
  const own = ['.example', '.sample', '.template', '.dist'].map((ending) => `${file}${ending}`);
  return [...own, path.join(path.dirname(file), '.env.example')].find((candidate) => existsSync(candidate));
}

function list(folder: string): readonly string[] {
  try {
    return readdirSync(folder);
  } catch {
    // Most projects have few of these folders.
    return [];
  }
}

const placeholder =
  /^\s*(?:export\s+)?([A-Z][A-Z0-9_]*)\s*=\s*["']?(?:change[-_ ]?me\b.*|<.*>|your[-_].*|xxx+|todo|replace[-_ ]?me.*)["']?\s*$/i;

/** Variables of an env file whose values only say that one has to be put there. */
export function placeholders(text: string): readonly { readonly name: string; readonly line: number }[] {
  return text.split('\n').flatMap((content, index) => {
    const name = placeholder.exec(content)?.[1];
    return name === undefined ? [] : [{ name, line: index + 1 }];
  });
}

/** Whole or not at all, and never in the place of what somebody else made meanwhile. */
function create(file: string, text: string, mode: number): void {
  const draft = `${file}.${process.pid}`;
  try {
    writeFileSync(draft, text, { flag: 'wx', mode });
    linkSync(draft, file);
  } catch (error) {
    if (!existsSync(file)) throw error;
  } finally {
    rmSync(draft, { force: true });
  }
}

function failed(message: string): Promise<WorkOutcome> {
  return Promise.resolve({ kind: 'failed', message });
}

/** Makes missing env files from their examples; never writes over one. */
export function envFileStep(platform: SetupPlatform): SetupStep {
  const shown = (file: string): string => path.relative(platform.workspaceRoot, file);
  const copy = ({ file, example: source }: MissingEnvFile): SetupWork => ({
    what: `${shown(file)} from ${path.basename(source)}`,
    perform: () => {
      const text = readRegularFile(source);
      if (text === undefined) return failed(`${shown(source)} is no file that can be read`);
      try {
        create(file, text, statSync(source).mode & 0o777);
      } catch (error) {
        return failed(`${shown(file)} could not be made from ${shown(source)}: ${String(error)}`);
      }
      const open = placeholders(text).map(({ name, line }) => `${name} (line ${line})`);
      return Promise.resolve(
        open.length === 0 ? { kind: 'done' } : { kind: 'done', note: `give values to ${open.join(', ')}` },
      );
    },
  });
  return {
    id: 'env-files',
    title: 'Env files',
    look: () => Promise.resolve({ kind: 'work', work: missingEnvFiles(platform).map(copy) }),
  };
}
