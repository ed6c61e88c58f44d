import { existsSync } from 'node:fs';
import path from 'node:path';
import { parse as parseToml } from 'smol-toml';
import { z } from 'zod';
import { readRegularFile } from '../file/index.ts';
import type { Prerequisite } from './prerequisite.ts';
import type { SetupPlatform } from './setup-step.ts';

const table = z.record(z.string(), z.unknown()).catch({});
const text = z.string().optional().catch(undefined);

/** What the files of a platform ask for: git, make, and the tools of its languages; the container engine is another matter. */
export function findPrerequisites({ workspaceRoot, projects }: SetupPlatform): readonly Prerequisite[] {
  const wanted = new Map<string, Prerequisite>();
  const want = (program: string, file: string, range?: string, versionArguments = ['--version']): void => {
    const because = path.relative(workspaceRoot, file) || '.';
    const key = `${program} ${range ?? ''}`;
    if (!wanted.has(key))
      wanted.set(key, { program, versionArguments, because, ...(range === undefined ? {} : { range }) });
  };
  if (existsSync(path.join(workspaceRoot, '.git'))) want('git', path.join(workspaceRoot, '.git'));
  for (const folder of new Set([workspaceRoot, ...projects.map((project) => project.folder)])) {
    const read = (name: string): string | undefined =>
      readRegularFile(path.join(folder, name), { inside: workspaceRoot });
    const at = (name: string): string => path.join(folder, name);
    for (const name of ['GNUmakefile', 'makefile', 'Makefile'])
      if (existsSync(at(name))) want('make', at(name));
    const manifest = read('package.json');
    if (manifest !== undefined) {
      const { engines, packageManager } = table.parse(json(manifest));
      want('node', at('package.json'), text.parse(table.parse(engines)['node']));
      const [manager, version] = (text.parse(packageManager) ?? '').split(/[@+]/);
      if (manager !== undefined && manager !== '')
        want(manager, at('package.json'), version === undefined ? undefined : `>=${version}`);
    }
    for (const [lockfile, program] of Object.entries(lockfiles))
      if (existsSync(at(lockfile))) want(program, at(lockfile));
    const project = read('pyproject.toml');
    if (project !== undefined) want('python3', at('pyproject.toml'), pythonRange(project));
    const go = read('go.mod');
    if (go !== undefined) {
      const version = /^go\s+(\d+\.\d+(?:\.\d+)?)/m.exec(go)?.[1];
      want('go', at('go.mod'), version === undefined ? undefined : `>=${version}`, ['version']);
    }
    const cargo = read('Cargo.toml');
    if (cargo !== undefined) {
      const version = text.parse(table.parse(table.parse(toml(cargo))['package'])['rust-version']);
      want('cargo', at('Cargo.toml'), version === undefined ? undefined : `>=${version}`);
    }
  }
  // One that asks for no version adds nothing to one that does.
  const found = [...wanted.values()];
  return found.filter(
    ({ program, range }) =>
      range !== undefined || !found.some((other) => other.program === program && other.range !== undefined),
  );
}

const lockfiles = {
  'package-lock.json': 'npm',
  'pnpm-lock.yaml': 'pnpm',
  'yarn.lock': 'yarn',
  'uv.lock': 'uv',
  'poetry.lock': 'poetry',
};

/** `>=3.11,<4` as semver has it; other operators of PEP 440 are not understood and ask for nothing. */
function pythonRange(manifest: string): string | undefined {
  const asked = text.parse(table.parse(table.parse(toml(manifest))['project'])['requires-python']);
  const parts = (asked ?? '').split(',').map((part) => part.trim());
  const known = parts.filter((part) => /^(?:>=|<=|<|>)\s*\d+(?:\.\d+)*$/.test(part));
  return known.length === 0 ? undefined : known.join(' ');
}

function json(content: string): unknown {
  try {
    return JSON.parse(content);
  } catch {
    // Its own tools will complain.
    return undefined;
  }
}

function toml(content: string): unknown {
  try {
    return parseToml(content);
  } catch {
    return undefined;
  }
}
