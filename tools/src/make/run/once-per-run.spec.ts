import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, existsSync, mkdirSync, symlinkSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { createMakeFolder } from './make-folder.fixture.ts';
import { runFolder } from './run-folder.ts';

type Project = Awaited<ReturnType<typeof createMakeFolder>>;

/** A process of its own that runs the target `test`, which needs the preparation `up`. */
function startTask({ folder, run }: Project) {
  const script = `import { runMakeTask } from '${new URL('./run-make-task.ts', import.meta.url).href}';
    const task = { folder: ${JSON.stringify(folder)}, target: 'test', upToDate: [], preparations: ['up'], variables: {}, dryRun: false };
    const report = (line) => process.stdout.write(line + '\\n');
    const outcome = await runMakeTask(task, { name: 'api:test', run: ${JSON.stringify(run)}, report });
    if ('message' in outcome) report(outcome.message);
    process.exit(outcome.code);`;
  const child = spawn(process.execPath, ['--input-type=module', '-e', script], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let output = '';
  const watchers = new Set<() => void>();
  child.stdout.on('data', (chunk: Buffer) => {
    output += chunk.toString();
    for (const watcher of watchers) watcher();
  });
  const closed = once(child, 'close').then(([code]: unknown[]) => ({ code, output }));
  const says = (text: string) =>
    new Promise<void>((resolve) => {
      const look = () => {
        if (output.includes(text)) resolve();
      };
      watchers.add(look);
      look();
    });
  return { child, closed, says };
}

/** `up` writes down that it ran, says so, and waits until it may go on. */
const makefile =
  'up: ; @echo ran >> log; echo $$$$ > pid; echo upping; read _ < go; exit $${UP_CODE:-0}\ntest: up ; @echo tested\n';

async function createGatedProject() {
  const project = await createMakeFolder(makefile);
  await once(spawn('mkfifo', [join(project.folder, 'go')]), 'close');
  const open = () => once(spawn('sh', ['-c', 'echo > go'], { cwd: project.folder }), 'close');
  return { ...project, open };
}

describe('a preparation that several processes need', () => {
  it('runs once for five of them at the same time', async () => {
    await using project = await createGatedProject();
    const tasks = Array.from({ length: 5 }, () => startTask(project));
    await Promise.any(tasks.map(({ says }) => says('upping')));
    const waiting = tasks.map(({ says }) => says('waiting for preparation up').then(() => 'waits'));
    const first = tasks.map(({ says }) => says('upping').then(() => 'runs'));
    const roles = await Promise.all(tasks.map((_, index) => Promise.race([waiting[index], first[index]])));
    await project.open();
    const ends = await Promise.all(tasks.map(({ closed }) => closed));
    expect(roles.toSorted()).toEqual(['runs', 'waits', 'waits', 'waits', 'waits']);
    expect(ends.map(({ code }) => code)).toEqual([0, 0, 0, 0, 0]);
    expect(ends.every(({ output }) => output.endsWith('tested\n'))).toBe(true);
    expect(project.read('log')).toBe('ran\n');
  });

  it('is taken over when the process that runs it is killed', async () => {
    await using project = await createGatedProject();
    const first = startTask(project);
    await first.says('upping');
    const second = startTask(project);
    await second.says(`run by pid ${first.child.pid ?? 0}`);
    first.child.kill('SIGKILL');
    // The recipe of a process that was killed has nobody to end it.
    process.kill(Number(project.read('pid')), 'SIGKILL');
    await second.says('upping');
    await project.open();
    const end = await second.closed;
    expect(end.code).toBe(0);
    expect(end.output).toMatch(/tested\n$/);
    expect(project.read('log')).toBe('ran\nran\n');
  });
});

describe('the folder of a run', () => {
  async function privateTemporary() {
    const folder = await mkdtemp(join(tmpdir(), 'tmp-'));
    vi.stubEnv('TMPDIR', folder);
    onTestFinished(async () => {
      vi.unstubAllEnvs();
      await rm(folder, { recursive: true });
    });
    return join(folder, `switchyard-${process.getuid?.() ?? 'user'}`);
  }

  it('is removed when its process is gone and another run begins', async () => {
    await privateTemporary();
    const gone = spawn('true');
    await once(gone, 'close');
    const old = runFolder(`${gone.pid ?? 0}-old`);
    const ours = runFolder(`${process.pid}-ours`);
    runFolder(`${process.pid}-other`);
    expect([existsSync(old), existsSync(ours)]).toEqual([false, true]);
  });

  it('is refused when it is a link, or open to others', async () => {
    const parent = await privateTemporary();
    symlinkSync(dirname(parent), parent);
    expect(() => runFolder('1')).toThrow(`${parent} is not a folder that only this user can use`);
    await rm(parent);
    mkdirSync(parent);
    chmodSync(parent, 0o755);
    expect(() => runFolder('1')).toThrow('set TMPDIR to a private folder');
  });
});
