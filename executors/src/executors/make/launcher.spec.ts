import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, it } from 'vitest';

const launcher = fileURLToPath(new URL('../../../bin/switchyard-make', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'launcher-'));
const link = join(folder, 'bin', 'switchyard-make');
mkdirSync(dirname(link));
symlinkSync(launcher, link);
writeFileSync(
  join(folder, 'Makefile'),
  [
    'verify: lint ; @echo verified $(MAKELEVEL)',
    'lint: ; @echo linted',
    'fail: ; @exit 5',
    'up: ; @echo upping',
    'test: up ; @printf "%s|" "$$A" "$$B"',
    'locks: ; @printf %s "$$SWITCHYARD_LOCKS"',
    'slow: ; @echo ready; sleep 60',
    'export A B',
    '',
  ].join('\n'),
);
afterAll(() => {
  rmSync(folder, { recursive: true });
});

const path = [dirname(process.execPath), process.env['PATH']].join(':');

function run(args: string[], environment: Record<string, string> = {}, program = launcher) {
  const env = { PATH: path, ...environment };
  const { status, stdout, stderr } = spawnSync(program, args, { cwd: folder, env, encoding: 'utf8' });
  return { status, stdout, stderr };
}

/** A PATH with these programs only. */
function pathWith(...programs: string[]): string {
  const bin = mkdtempSync(join(folder, 'path-'));
  for (const program of programs) {
    symlinkSync(spawnSync('which', [program], { encoding: 'utf8' }).stdout.trim(), join(bin, program));
  }
  return bin;
}

describe('switchyard-make', () => {
  it('becomes make for a target, -f and -o, and starts nothing else', () => {
    const alone = { PATH: pathWith('make', 'echo') };
    expect(run(['verify', '-o', 'lint'], alone)).toEqual({ status: 0, stdout: 'verified 0\n', stderr: '' });
    expect(run(['-f', 'Makefile', 'verify'], { ...alone, MAKEFLAGS: 'n', MAKELEVEL: '2' }).stdout).toBe(
      'linted\nverified 0\n',
    );
    expect(run(['fail'], alone)).toMatchObject({
      status: 2,
      stderr: 'make: *** [Makefile:3: fail] Error 5\n',
    });
  });

  it('works through a link and by a relative path', () => {
    const args = ['verify', '-o', 'lint', '--timeout', '1m'];
    expect(run(args, {}, link).stdout).toBe('verified 0\n');
    expect(run(args, {}, './bin/switchyard-make').stdout).toBe('verified 0\n');
  });

  it('runs preparations first', () => {
    expect(run(['test', '--prepare', 'up', '--A=1'])).toMatchObject({ status: 0, stdout: 'upping\n1||' });
  });

  it('takes locks', () => {
    const SWITCHYARD_ARGV = JSON.stringify(['test', 'api']);
    const args = ['locks', '--lock', './db', '--lock', './cache:shared'];
    const { stdout } = run(args, { SWITCHYARD_ARGV });
    expect(Object.keys(JSON.parse(stdout) as object).map((name) => name.replace(folder, '.'))).toEqual([
      './cache',
      './db',
    ]);
    expect(run(['locks', '--lock', ':shared']).stderr).toBe(
      'locks: the lock ":shared" has no name. Write db, or db:shared.\n',
    );
  });

  it('takes values from the arguments of nx, which /bin/sh has not changed', () => {
    const SWITCHYARD_ARGV = JSON.stringify(['run', 'p:test', '--A=$HOME `x` \\n', '--B=1', '--B=2']);
    expect(run(['test', '-o', 'up', '--A=/root  n', '--B=2'], { SWITCHYARD_ARGV }).stdout).toBe(
      '$HOME `x` \\n|2|',
    );
  });

  it.each([
    ['--dry-run', {}],
    ['--verbose', { SWITCHYARD_DRY_RUN: '1' }],
  ])('shows only: %s %j', (option, environment) => {
    expect(run(['verify', option], environment).stdout).toBe('echo linted\necho verified 0\n');
  });

  it('says what is wrong with its arguments', () => {
    const NX_TASK_TARGET_PROJECT = 'api';
    expect(run(['test', '--test-path=x'], { NX_TASK_TARGET_PROJECT })).toMatchObject({
      status: 1,
      stderr:
        'api:test does not know the option --test-path. Did you mean --TEST_PATH?\n' +
        'Make variables are written in upper case: `--NAME=value` becomes `make NAME=value`.\n',
    });
    expect(run(['test', 'lint'])).toMatchObject({
      status: 1,
      stderr: 'test does not take the argument lint. Pass values to make as variables: --NAME=value.\n',
    });
    expect(run(['test', '--timeout', 'soon']).stderr).toContain('test: the timeout soon is not a duration.');
    expect(run([]).stderr).toBe('switchyard-make needs the name of a make target.\n');
  });

  it('tells how to install make where there is none', () => {
    const outcome = run(['verify'], { PATH: pathWith('node', 'readlink') });
    expect(outcome).toMatchObject({ status: 127 });
    expect(outcome.stderr).toMatch(/verify was not run: GNU make was not found.*\n.*apt-get install make/);
  });

  it('leaves no process after SIGTERM', async () => {
    const args = ['slow', '--timeout', '1h'];
    const child = spawn(launcher, args, {
      cwd: folder,
      env: { PATH: path },
      detached: true,
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    await once(child.stdout, 'data');
    child.kill('SIGTERM');
    // The output ends when the last process that could write to it is gone.
    await once(child, 'close');
    expect([child.exitCode, child.signalCode]).not.toContain(0);
  });
});
