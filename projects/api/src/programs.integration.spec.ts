import { join } from 'node:path';
import { expect, it } from 'vitest';
import { createServer } from './create-server.ts';
import { FolderRunStore } from './folder-run-store.ts';
import { runScript } from './run-script.ts';

const token = '0123456789abcdef';

const serve = async (folder: string) => {
  const server = createServer({
    store: new FolderRunStore(folder),
    access: { kind: 'token', token },
    openapi: {},
    requestSeconds: 10,
    logger: false,
  });
  const url = await server.listen({ host: '127.0.0.1', port: 0 });
  return { port: new URL(url).port, [Symbol.asyncDispose]: () => server.close() };
};

it('calls an api healthy that answers, if only that there are no records', async () => {
  await using api = await serve(join(import.meta.dirname, 'missing'));
  const healthy = { code: 0, stdout: '', stderr: '' };
  expect(await runScript('check-health.ts', [], { PORT: api.port, API_TOKEN: token })).toEqual(healthy);
});

it('calls an api ill that cannot reach its store, and says why', async () => {
  await using api = await serve(import.meta.filename);
  const outcome = await runScript('check-health.ts', [], { PORT: api.port, API_TOKEN: token });
  expect(outcome.code).toBe(1);
  expect(outcome.stderr).toContain('check-health: GET /health answered 503: {"type":"about:blank"');
});

it('waits no longer than it is told for an api that is not there', async () => {
  const api = await serve(import.meta.dirname);
  await api[Symbol.asyncDispose]();
  const outcome = await runScript('check-health.ts', ['--wait', '0.3'], { PORT: api.port });
  expect(outcome.code).toBe(1);
  expect(outcome.stderr).toContain(`check-health: nothing answers on port ${api.port}: `);
  expect(outcome.stderr).toContain('ECONNREFUSED');
});

it.each([
  ['migrate.ts', ['sideways'], 'migrate: usage: migrate [up|down|status].\n'],
  ['migrate.ts', ['up'], 'migrate: DATABASE_URL is not set; env/.env.example shows its form.\n'],
  ['import-runs.ts', [], 'import-runs: DATABASE_URL is not set; env/.env.example shows its form.\n'],
])('leaves %s %j with 2 and the reason', async (name, args, stderr) => {
  expect(await runScript(name, args, {})).toEqual({ code: 2, stdout: '', stderr });
});
