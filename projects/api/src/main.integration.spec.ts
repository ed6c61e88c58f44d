import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { connect, createServer } from 'node:net';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { text } from 'node:stream/consumers';
import { expect, it } from 'vitest';
import { z } from 'zod';

const main = join(import.meta.dirname, 'main.ts');
const lineSchema = z.looseObject({
  level: z.int(),
  time: z.int(),
  msg: z.string(),
  url: z.string().optional(),
});

const start = (environment: Record<string, string>) => {
  const child = spawn(process.execPath, [main], {
    env: { RUNS_DIR: join(import.meta.dirname, '../examples/runs'), PORT: '0', ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  /** Reads the log up to the line that says `message`; every line has to be a JSON object. */
  const waitForLine = async (message: string) => {
    for (;;) {
      const { value, done } = await lines.next();
      if (done === true) throw new Error(`the log ended without "${message}"`);
      const line = lineSchema.parse(JSON.parse(value));
      if (line.msg === message) return line;
    }
  };
  const exited = once(child, 'exit');
  return {
    child,
    waitForLine,
    exited,
    stderr: text(child.stderr),
    [Symbol.dispose]: () => child.kill('SIGKILL'),
  };
};

it.each(['SIGTERM', 'SIGINT'] as const)(
  'serves, logs JSON lines, and leaves with 0 on %s',
  async (signal) => {
    using api = start({});
    const { url } = await api.waitForLine('listening');
    const health: unknown = await (await fetch(`${url ?? ''}/health`)).json();
    expect(health).toMatchObject({ status: 'ok', records: 3 });
    expect(await api.waitForLine('request completed')).toMatchObject({ res: { statusCode: 200 } });
    api.child.kill(signal);
    await api.waitForLine('stopped');
    expect(await api.exited).toEqual([0, null]);
  },
);

it('does not wait for a client that hangs when it is told to stop', async () => {
  using api = start({ SHUTDOWN_SECONDS: '0.2' });
  const { url } = await api.waitForLine('listening');
  const client = connect(Number(new URL(url ?? '').port), '127.0.0.1');
  client.on('error', () => undefined);
  await once(client, 'connect');
  client.write('GET /runs HTTP/1.1\r\n');
  api.child.kill('SIGTERM');
  expect(await api.exited).toEqual([0, null]);
  client.destroy();
});

it('never writes the token to its log', async () => {
  using api = start({ API_TOKEN: '0123456789abcdef', LOG_LEVEL: 'trace' });
  let log = '';
  api.child.stdout.on('data', (chunk: Buffer) => (log += chunk.toString()));
  const { url } = await api.waitForLine('listening');
  await fetch(`${url ?? ''}/runs`, { headers: { authorization: 'Bearer 0123456789abcdef' } });
  api.child.kill('SIGTERM');
  await api.exited;
  expect(log).toContain('"url":"/runs"');
  expect(log).not.toContain('0123456789abcdef');
});

it('names the variable that is wrong, and leaves with 2', async () => {
  using api = start({ HOST: '0.0.0.0' });
  expect(await api.exited).toEqual([2, null]);
  expect(await api.stderr).toBe(
    'api: HOST is "0.0.0.0", which others can reach: set API_TOKEN too, or leave HOST at 127.0.0.1.\n' +
      'Set it in the environment or in projects/api/env/.env; env/.env.example lists all variables.\n',
  );
});

it('says that the port is taken, and leaves with 1', async () => {
  const other = createServer().listen(0, '127.0.0.1');
  await once(other, 'listening');
  const address = other.address();
  using api = start({ PORT: typeof address === 'object' ? String(address?.port) : '' });
  expect(await api.exited).toEqual([1, null]);
  expect(await api.stderr).toContain('EADDRINUSE');
  other.close();
});
