import { execFile, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const project = join(import.meta.dirname, '..');
const image = `api-spec-${randomBytes(6).toString('hex')}`;
const execute = promisify(execFile);
const docker = async (...args: string[]) => (await execute('docker', args)).stdout.trim();

beforeAll(async () => {
  await execute('make', ['build'], { cwd: project });
  await docker('build', '--quiet', '--target=production', `--tag=${image}`, project);
}, 60_000);
afterAll(() => docker('rmi', image));

/** A container of the image, with a file system that cannot be written, healthy already. */
const start = async (...options: string[]) => {
  const id = await docker('run', '--detach', '--read-only', '--health-interval=1s', ...options, image);
  const remove = () => docker('rm', '--force', id);
  try {
    const events = spawn('docker', [
      'events',
      `--filter=container=${id}`,
      '--since=0',
      '--format={{.Status}}',
    ]);
    for await (const chunk of events.stdout) if (String(chunk).includes('health_status: healthy')) break;
    events.kill();
    await once(events, 'close');
  } catch (error) {
    await remove();
    throw error;
  }
  return {
    id,
    [Symbol.asyncDispose]: async () => {
      await remove();
    },
  };
};

it('serves with a read-only file system, as a user without rights', async () => {
  await using container = await start('--env=API_TOKEN=0123456789abcdef', '--cap-drop=ALL');
  expect(await docker('exec', container.id, 'id', '-un')).toBe('node');
  expect(await docker('exec', container.id, 'node', 'dist/check-health.mjs')).toBe('');
  expect(await docker('logs', container.id)).toContain('"msg":"listening"');
});

it('stops on SIGTERM by itself', async () => {
  await using container = await start('--env=API_TOKEN=0123456789abcdef');
  await docker('stop', '--time=10', container.id);
  // 137 would be the engine's patience at its end.
  expect(await docker('inspect', '--format={{.State.ExitCode}}', container.id)).toBe('0');
});

it('says what is missing where it may be reached by all without a token', async () => {
  const outcome = execute('docker', ['run', '--rm', '--read-only', image]);
  await expect(outcome).rejects.toMatchObject({
    code: 2,
    stderr: expect.stringContaining(
      'HOST is "0.0.0.0", which others can reach: set API_TOKEN too',
    ) as unknown,
  });
});

it('adds less than 5 MB to its base', async () => {
  const base = await docker('inspect', '--format={{.Size}}', 'node:24-bookworm-slim');
  const size = await docker('inspect', '--format={{.Size}}', image);
  expect(Number(size) - Number(base)).toBeLessThan(5_000_000);
});

describe('the environments', () => {
  const compose = (environment: string, ...args: string[]) =>
    docker('compose', '-p', image, '-f', join(project, 'compose', `${environment}.yml`), ...args);

  it.each(['dev', 'test', 'ci'])('are files that Compose takes: %s', async (environment) => {
    const services = await compose(environment, 'config', '--services');
    expect(services.split('\n').sort()).toEqual(['app', 'migrate', 'postgres']);
  });

  const startCi = async () => {
    const remove = () => compose('ci', '--profile=tests', 'down', '--volumes', '--rmi=local');
    await compose('ci', 'up', '--detach', '--build').catch(async (error: unknown) => {
      await remove();
      throw error;
    });
    return {
      inApp: (...command: string[]) => compose('ci', 'exec', '-T', 'app', ...command),
      [Symbol.asyncDispose]: async () => {
        await remove();
      },
    };
  };

  it('bring the api up over a database that has its tables', async () => {
    await using ci = await startCi();
    expect(await ci.inApp('node', 'dist/check-health.mjs', '--wait', '30')).toBe('');
    expect(await ci.inApp('node', 'dist/migrate.mjs', 'status')).toBe(
      'applied  20260301090000_create_runs.sql',
    );
  });
});
