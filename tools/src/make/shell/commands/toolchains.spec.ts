import { afterAll, describe, expect, it } from 'vitest';
import { createShellRig } from '../shell-rig.fixture.ts';

const rig = createShellRig({
  'go.mod': 'module example.com/app\n\ngo 1.20\n',
  'cmd/main.go': 'package main\n',
});
afterAll(() => {
  rig[Symbol.dispose]();
});

// Which of these programs a machine has, and whether files tell their version, differs: an answer must be the real one.
describe('toolchains', () => {
  it.each([
    'go env GOPATH',
    'go env GOOS GOARCH',
    'go env GOBIN',
    'go env GOROOT',
    'go env GOMODCACHE',
    'go version',
    "go version | awk '{print $3}'",
    'go list -m',
    'node -v',
    'node --version',
    'npm -v',
    'python3 --version',
    'python3 -V',
    'gcc -dumpversion',
    'gcc -dumpmachine',
    'cc -dumpmachine',
    'pkg-config --exists no-such-package && echo yes || echo no',
    'pkg-config --exists zlib && echo yes || echo no',
    'pkg-config --modversion zlib',
    'uname -a',
    'uname -p',
    'hostname',
    'docker --version',
  ])('%s', async (command) => {
    const { output, exitCode, answered } = await rig.ask(command);
    if (answered) expect({ output, exitCode }).toEqual(rig.real(command));
  });

  it('says the version of node that runs this', async () => {
    const { output, answered } = await rig.ask('node -v');
    if (answered) expect(output).toBe(`${process.version}\n`);
  });

  it('does not answer for a go that go.mod makes fetch another', async () => {
    using newer = createShellRig({ 'go.mod': 'module m\n\ngo 1.999\n' });
    const { output } = await newer.ask('go version');
    expect(output).toBe('');
  });
});
