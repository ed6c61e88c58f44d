import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, connect, type Socket } from 'node:net';
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { bringUp } from './bring-up.ts';
import { composeFixture, docker, type FixtureEnvironment } from './environment.fixture.ts';

const forever = 'sleep 1000';

describe.each([{ compose: 'docker compose' }, { compose: 'docker-compose' }])(
  'with $compose',
  ({ compose }) => {
    const up = async (
      rig: FixtureEnvironment,
      more: Record<string, string> = {},
      services: string[] = [],
    ) => {
      const environment = { ...process.env, SWITCHYARD_COMPOSE: compose, ...more };
      const platform = [
        { project: 'jobs', name: 'dev', composeProject: `${rig.environment.composeProject}-jobs` },
      ];
      const outcome = await bringUp(
        rig.environment,
        { services },
        { ...rig.invocation, environment, platform },
      );
      return outcome.kind === 'failed' ? { reason: outcome.reason, message: outcome.message } : outcome;
    };

    it('names the key of a file that is not valid', async () => {
      await using rig = composeFixture({ web: { imagee: 'x' } });
      const { reason, message } = messageOf(await up(rig));
      expect(reason).toBe('invalid-file');
      expect(message).toContain(`shop:compose:up: ${rig.file} is not a valid compose file: `);
      expect(message).toMatch(/services\.web.*imagee/);
      expect(message).toContain('Correct it; `nx compose:config shop -c dev` shows');
    });

    it('names the example of an env file that is missing', async () => {
      await using rig = composeFixture({ web: { env_file: 'web.env' } });
      const file = join(rig.environment.folder, 'web.env');
      writeFileSync(`${file}.example`, 'A=1\n');
      expect(await up(rig)).toEqual({
        reason: 'env-file-missing',
        message:
          `shop:compose:up: the env file ${file} does not exist.\n` +
          `Make it from its example: \`cp ${file}.example ${file}\`, and fill it in.`,
      });
    });

    it('names the variable that has to be set', async () => {
      await using rig = composeFixture({ web: { command: ['echo', '${LC_MUST:?say what}'] } });
      expect(messageOf(await up(rig)).message).toBe(
        `shop:compose:up: ${rig.file} needs the variable LC_MUST (say what).\n` +
          `Set it in ${join(rig.environment.folder, '.env')}, or in the shell that nx runs in.`,
      );
    });

    it('names the image that cannot be pulled', async () => {
      await using rig = composeFixture({ web: { image: 'lc-nobody/nothing:1' } });
      const { reason, message } = messageOf(await up(rig));
      expect(reason).toBe('image-missing');
      expect(message).toContain('shop:compose:up: image lc-nobody/nothing:1 of web could not be pulled: ');
      expect(message).toContain(`Check its name in ${rig.file} and the network; `);
    });

    it('shows what a failed build wrote', async () => {
      await using rig = composeFixture({ web: { build: '.' } });
      const dockerfile = 'FROM busybox:1.36\nRUN echo about-to-fail && exit 3\n';
      writeFileSync(join(rig.environment.folder, 'Dockerfile'), dockerfile);
      const { reason, message } = messageOf(await up(rig));
      expect(reason).toBe('build-failed');
      expect(message).toMatch(/^shop:compose:up: the image of web could not be built:\n/);
      expect(message).toContain('about-to-fail');
      expect(message).toContain('See all of its output with `nx compose:build shop -c dev`.');
    });

    it('says which environment of the platform has the port', async () => {
      const port = await freePort();
      await using rig = composeFixture({ web: { command: forever, ports: [`127.0.0.1:${port}:80`] } });
      const name = `${rig.environment.composeProject}-jobs`;
      await using other = composeFixture(
        { db: { command: forever, ports: [`127.0.0.1:${port}:80`] } },
        { name },
      );
      await bringUp(other.environment, {}, other.invocation);
      expect(await up(rig)).toEqual({
        reason: 'port-taken',
        message:
          `shop:compose:up: port ${port} is already in use by container ${name}-db-1 of ${name}.\n` +
          `Stop it with \`nx compose:down jobs -c dev\`, or publish another port in ${rig.file}.`,
      });
    });

    it('says which program of the machine has the port', async () => {
      await using rig = composeFixture({ web: { command: forever } });
      const server = createServer().listen(0, '127.0.0.1');
      await once(server, 'listening');
      const port = portOf(server.address());
      rig.write(fileWith({ web: { ...busybox, ports: [`127.0.0.1:${port}:80`] } }));
      const { reason, message } = messageOf(await up(rig));
      server.close();
      expect(reason).toBe('port-taken');
      expect(message).toMatch(
        new RegExp(
          `port ${port} is already in use by .+, pid ${process.pid}, which runs outside of containers\\.`,
        ),
      );
    });

    it('says who has a fixed container name', async () => {
      await using rig = composeFixture({ web: { command: forever } });
      const name = `${rig.environment.composeProject}-fixed`;
      rig.write(fileWith({ web: { ...busybox, container_name: name } }));
      await docker('run', '-d', '--name', name, 'busybox:1.36', 'sleep', '1000');
      const outcome = await up(rig);
      await docker('rm', '-f', name);
      expect(outcome).toEqual({
        reason: 'name-taken',
        message:
          `shop:compose:up: the container name ${name} is already in use by container ${name}.\n` +
          `Remove that with \`docker rm --force ${name}\`, or take \`container_name\` out of ${rig.file}.`,
      });
    });

    it('names the external network that is missing, and how to create it', async () => {
      const rest = { networks: { proxy: { external: true, name: 'lc-no-proxy' } } };
      await using rig = composeFixture({ web: { command: forever, networks: ['proxy'] } }, { rest });
      expect(await up(rig)).toEqual({
        reason: 'network-missing',
        message:
          `shop:compose:up: the network lc-no-proxy does not exist; ${rig.file} takes it for one that is made elsewhere.\n` +
          'Create it with `docker network create lc-no-proxy`, or bring up the environment that makes it.',
      });
    });

    it('names the external volume that is missing', async () => {
      const rest = { volumes: { data: { external: true, name: 'lc-no-data' } } };
      await using rig = composeFixture({ web: { command: forever, volumes: ['data:/d'] } }, { rest });
      expect(messageOf(await up(rig)).message).toContain('Create it with `docker volume create lc-no-data`.');
    });

    it('names the services there are', async () => {
      await using rig = composeFixture({ web: { command: forever }, db: { command: forever } });
      expect(messageOf(await up(rig, {}, ['dbb'])).message).toBe(
        `shop:compose:up: ${rig.environment.composeProject} has no service dbb.\nIt has web, db.`,
      );
    });

    it('says when no space is left', async () => {
      // The engine copies what the image has there into the volume, which is too small for it.
      const volume = { driver_opts: { type: 'tmpfs', device: 'tmpfs', o: 'size=16k' } };
      const rest = { volumes: { small: volume } };
      await using rig = composeFixture({ web: { command: forever, volumes: ['small:/bin'] } }, { rest });
      expect(messageOf(await up(rig)).message).toContain("no space is left on the engine's disk.");
    });

    it('says when the engine goes away in the middle', async () => {
      await using rig = composeFixture({
        web: { command: forever, healthcheck: { test: ['CMD', 'false'] } },
      });
      await using gate = await engineGate();
      const running = up(rig, { DOCKER_HOST: gate.host });
      await eventually(async () => (await rig.inEngine()).some((name) => name.includes('web')));
      gate.close();
      expect(messageOf(await running)).toMatchObject({ reason: 'engine' });
    });

    it('says when the user may not use the engine', async () => {
      await using rig = composeFixture({ web: { command: forever } });
      using place = unprivilegedDocker();
      const outcome = await up(rig, { PATH: `${place.folder}:${process.env['PATH'] ?? ''}` });
      expect(messageOf(outcome)).toMatchObject({ reason: 'engine' });
      expect(messageOf(outcome).message).toMatch(/^shop:compose:up: docker may not be used by this user/);
    });
  },
);

it('says exactly what Compose v1 cannot read', async () => {
  await using rig = composeFixture({ web: { command: forever } }, { rest: { name: 'shop' } });
  const environment = { ...process.env, SWITCHYARD_COMPOSE: 'docker-compose' };
  const outcome = await bringUp(rig.environment, {}, { ...rig.invocation, environment });
  expect(messageOf(outcome)).toEqual({
    reason: 'unsupported',
    message:
      `shop:compose:up: Compose 1.29.2 does not know the top-level \`name:\` in ${rig.file}.\n` +
      `Remove that line (Switchyard names the environment ${rig.environment.composeProject} anyway), or install Compose v2: https://docs.docker.com/compose/install/.`,
  });
});

const busybox = { image: 'busybox:1.36', command: forever, stop_grace_period: '0s' };

function fileWith(services: object): string {
  return JSON.stringify({ version: '2.4', services });
}

function messageOf(outcome: object): { reason: unknown; message: string } {
  return {
    reason: 'reason' in outcome ? outcome.reason : undefined,
    message: 'message' in outcome ? String(outcome.message) : JSON.stringify(outcome),
  };
}

function portOf(address: ReturnType<ReturnType<typeof createServer>['address']>): number {
  if (address === null || typeof address === 'string') throw new Error('The server has no port.');
  return address.port;
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const port = portOf(server.address());
  server.close();
  await once(server, 'close');
  return port;
}

async function eventually(condition: () => Promise<boolean>): Promise<void> {
  while (!(await condition()));
}

/** A way to the engine that can be shut. */
async function engineGate(): Promise<AsyncDisposable & { host: string; close: () => void }> {
  const folder = mkdtempSync(join(tmpdir(), 'lc-gate-'));
  const path = join(folder, 'engine.sock');
  const sockets = new Set<Socket>();
  const server = createServer((near) => {
    const far = connect('/var/run/docker.sock');
    for (const socket of [near, far]) {
      sockets.add(socket);
      socket.on('error', () => socket.destroy());
      socket.on('close', () => sockets.delete(socket));
    }
    near.pipe(far).pipe(near);
  }).listen(path);
  await once(server, 'listening');
  const close = (): void => {
    server.close();
    for (const socket of sockets) socket.destroy();
  };
  return {
    host: `unix://${path}`,
    close,
    [Symbol.asyncDispose]: () => {
      close();
      rmSync(folder, { recursive: true, force: true });
      return Promise.resolve();
    },
  };
}

/** A docker that runs as a user who may not use the engine. */
function unprivilegedDocker(): Disposable & { folder: string } {
  const folder = mkdtempSync(join(tmpdir(), 'lc-user-'));
  const program = '#!/bin/sh\nexec setpriv --reuid=65534 --regid=65534 --clear-groups /usr/bin/docker "$@"\n';
  writeFileSync(join(folder, 'docker'), program);
  chmodSync(join(folder, 'docker'), 0o755);
  chmodSync(folder, 0o755);
  return {
    folder,
    [Symbol.dispose]: () => {
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
