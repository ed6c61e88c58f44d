import { spawn, type ChildProcessByStdio } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Readable } from 'node:stream';
import { recoverAbandoned } from '@switchyard/tools/compose';
import { runProgram } from '@switchyard/tools/process';
import { describe, expect, it } from 'vitest';

const launcher = path.resolve(import.meta.dirname, '../../../bin/switchyard-make');

/** A project whose preparation brings an environment up, says so, and then goes on for long. */
class Project implements AsyncDisposable {
  readonly name = `nf-${randomBytes(4).toString('hex')}`;
  readonly workspace = mkdtempSync(path.join(tmpdir(), 'nf-'));
  #recipe = 0;
  readonly folder = path.join(this.workspace, 'api');

  constructor() {
    mkdirSync(this.folder);
    const services = { app: { image: 'busybox:1.36', command: 'sleep 1000', stop_grace_period: '0s' } };
    writeFileSync(path.join(this.folder, 'compose.yaml'), JSON.stringify({ name: this.name, services }));
    const lines = ['.PHONY: test dev-up', 'test: dev-up', '\t@true', 'dev-up:', '\t@docker compose up -d'];
    writeFileSync(
      path.join(this.folder, 'Makefile'),
      `${lines.join('\n')}\n\t@echo brought up by $$$$ && exec sleep 1000\n`,
    );
  }

  /** Starts the task and waits until the environment is up. */
  async start(): Promise<ChildProcessByStdio<null, Readable, null>> {
    const words = ['test', '--prepare', 'dev-up', '--environment', 'dev-up=dev'];
    const task = spawn(launcher, words, {
      cwd: this.folder,
      env: { ...process.env, NX_WORKSPACE_ROOT: this.workspace, NX_TASK_TARGET_PROJECT: 'api' },
      stdio: ['ignore', 'pipe', 'ignore'],
      detached: true,
    });
    for await (const chunk of task.stdout) {
      this.#recipe = Number(/brought up by (\d+)/.exec(String(chunk))?.[1] ?? 0);
      if (this.#recipe > 0) break;
    }
    return task;
  }

  async containers(): Promise<string> {
    const filter = `label=com.docker.compose.project=${this.name}`;
    const args = ['ps', '--all', '--quiet', '--filter', filter];
    const outcome = await runProgram({ file: 'docker', args });
    return outcome.kind === 'exited' ? outcome.stdout.trim() : outcome.kind;
  }

  /** Nobody ends a recipe whose launcher was killed. */
  endRecipe(): void {
    process.kill(this.#recipe);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await runProgram({ file: 'docker', args: ['compose', '-p', this.name, 'down'], cwd: this.folder });
    rmSync(this.workspace, { recursive: true, force: true });
  }
}

describe('a preparation that brings an environment up', () => {
  it.each(['SIGINT', 'SIGTERM'] as const)('leaves nothing when it is interrupted by %s', async (signal) => {
    await using project = new Project();
    const task = await project.start();
    expect(await project.containers()).not.toBe('');
    task.kill(signal);
    await once(task, 'exit');
    expect(await project.containers()).toBe('');
  });

  it('leaves nothing behind the next command when it is killed', async () => {
    await using project = new Project();
    const task = await project.start();
    process.kill(-(task.pid ?? 0), 'SIGKILL');
    await once(task, 'exit');
    project.endRecipe();
    const said: string[] = [];
    await recoverAbandoned({ name: 'next', report: (line) => said.push(line) });
    expect(await project.containers()).toBe('');
    expect(said).toContain(`next: taking down ${project.name}, which api:test left half up`);
  });
});
