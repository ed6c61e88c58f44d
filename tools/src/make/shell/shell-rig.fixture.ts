import { execFileSync, spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { createShellAnswerer } from './create-shell-answerer.ts';
import type { AnswerShell, ShellAnswer } from '../shell-question.ts';
import type { Machine } from './machine.ts';

/** A folder of files to ask shell questions about, and the real shell to compare with. For specs. */
export interface ShellRig extends Disposable {
  /** The workspace. Beside it stands a folder that nothing may see. */
  readonly root: string;
  readonly outside: string;
  readonly ask: (command: string, machine?: Partial<Machine>) => Promise<ShellAnswer>;
  /** Questions to one and the same shell. */
  readonly answerer: () => (command: string) => Promise<ShellAnswer>;
  /** What /bin/sh really says. */
  readonly real: (command: string) => { readonly output: string; readonly exitCode: number | null };
  readonly git: (...args: string[]) => string;
}

const PEOPLE = { name: 'Ada', email: 'ada@example.com' };

/** Makes the folder with these files; those that start with `#!` can be executed. */
export function createShellRig(files: Readonly<Record<string, string>>): ShellRig {
  const home = realpathSync(mkdtempSync(join(tmpdir(), 'switchyard-shell-')));
  const root = join(home, 'workspace');
  const outside = join(home, 'outside');
  mkdirSync(outside);
  mkdirSync(root);
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, name)), { recursive: true });
    writeFileSync(join(root, name), text);
    if (text.startsWith('#!')) chmodSync(join(root, name), 0o755);
  }
  const environment = {
    PATH: process.env['PATH'] ?? '/usr/bin:/bin',
    HOME: home,
    LC_ALL: 'C',
    GIT_CONFIG_GLOBAL: '/dev/null',
    GIT_CONFIG_NOSYSTEM: '1',
  };
  const put = (answerer: AnswerShell, command: string): Promise<ShellAnswer> =>
    answerer({ command, folder: root, environment });
  const identity = ['-c', `user.name=${PEOPLE.name}`, '-c', `user.email=${PEOPLE.email}`, '-c', 'gc.auto=0'];
  return {
    root,
    outside,
    ask: (command, machine = {}) => put(createShellAnswerer({ root, machine }), command),
    answerer: () => {
      const answerer = createShellAnswerer({ root });
      return (command) => put(answerer, command);
    },
    real: (command) => {
      const said = spawnSync('/bin/sh', ['-c', command], {
        cwd: root,
        env: environment,
        encoding: 'utf8',
        input: '',
      });
      return { output: said.stdout, exitCode: said.status };
    },
    git: (...args) =>
      execFileSync('git', [...identity, ...args], { cwd: root, env: environment, encoding: 'utf8' }),
    [Symbol.dispose]: () => {
      rmSync(home, { recursive: true, force: true });
    },
  };
}
