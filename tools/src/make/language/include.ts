import type { Evaluation } from './evaluation.ts';
import { readText } from './makefile-reader.ts';
import { parseNames, ruleNames } from './names.ts';
import { LimitReached, MakeStop } from './stops.ts';
import { origins } from './variables.ts';

/** Where make looks for an included file that is not there by its own name. */
const searched = ['/usr/local/include', '/usr/include'];

/** `include FILE ...`; `optional`: it does not matter where one is missing. */
export function includeMakefiles(run: Evaluation, names: string, optional: boolean): void {
  const location = run.location;
  for (const name of parseNames(run, names, ruleNames).names) {
    run.location = location;
    const outcome = readFile(run, name);
    if (outcome === 'missing') run.missing.push({ name, location, optional });
  }
  run.location = location;
}

/** Reads one makefile by its name. */
export function readFile(run: Evaluation, name: string): 'read' | 'missing' {
  run.budget.step(40);
  const path = find(run, name);
  const found = run.disk.read(path);
  switch (found.kind) {
    case 'missing':
      return 'missing';
    case 'denied':
      return 'missing';
    case 'outside':
      // What it says is nobody's business here; the reading lists it among what was refused.
      return 'read';
    case 'folder':
      throw new MakeStop(`make: *** ${name}: Is a directory.  Stop.`);
    case 'special':
      throw new LimitReached(`${name} is not a regular file`);
    case 'large':
      throw new LimitReached(`${name} is too large`);
    case 'text':
      break;
  }
  if (run.includeDepth >= run.budget.limits.includeDepth)
    throw new LimitReached('includes were nested too deeply');
  if (run.makefiles.length >= run.budget.limits.includes)
    throw new LimitReached('too many files were included');
  run.makefiles.push(path);
  const list = run.variables.global.get('MAKEFILE_LIST');
  const before = list?.value ?? '';
  const names = before === '' ? name : `${before} ${name}`;
  run.variables.set(run.variables.global, 'MAKEFILE_LIST', names, false, origins.file);
  run.includeDepth += 1;
  readText(run, found.text, path === run.disk.resolve(name) ? name : path);
  run.includeDepth -= 1;
  return 'read';
}

function find(run: Evaluation, name: string): string {
  const path = run.disk.resolve(name);
  if (name.startsWith('/') || run.disk.read(path).kind !== 'missing') return path;
  for (const folder of searched) {
    const other = `${folder}/${name}`;
    if (run.disk.read(other).kind === 'text') return other;
  }
  return path;
}
