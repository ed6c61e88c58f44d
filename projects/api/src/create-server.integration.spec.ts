import { once } from 'node:events';
import { connect } from 'node:net';
import { text } from 'node:stream/consumers';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { createServer } from './create-server.ts';
import type { ServerOptions } from './create-server.ts';
import { FolderRunStore } from './folder-run-store.ts';
import { createRunFolder, sampleRun } from './sample-runs.ts';

const token = '0123456789abcdef';

const listen = async (folder: string, options: Partial<ServerOptions> = {}) => {
  const server = createServer({
    store: new FolderRunStore(folder),
    access: { kind: 'loopback' },
    openapi: { openapi: '3.1.0' },
    requestSeconds: 10,
    logger: false,
    ...options,
  });
  const url = await server.listen({ host: '127.0.0.1', port: 0 });
  const get = async (path: string, init: RequestInit = {}) => {
    const answer = await fetch(url + path, init);
    const type = answer.headers.get('content-type')?.split(';')[0];
    const body: unknown = await answer.json();
    return { status: answer.status, type, headers: answer.headers, body };
  };
  return { get, port: Number(new URL(url).port), [Symbol.asyncDispose]: () => server.close() };
};

/** Sends `request` byte for byte and gives all that comes back until the server hangs up. */
const sendRaw = async (port: number, request: string): Promise<string> => {
  const socket = connect(port, '127.0.0.1');
  await once(socket, 'connect');
  socket.write(request);
  return text(socket);
};

const problem = (status: number, title: string, detail: string) => ({
  status,
  type: 'application/problem+json',
  body: { type: 'about:blank', title, status, detail },
});

describe('the api', () => {
  it('pages through all runs, newest first', async () => {
    await using folder = await createRunFolder([1, 2, 3].map(sampleRun));
    await using api = await listen(folder.path);
    const first = await api.get('/runs?limit=2');
    expect(first).toMatchObject({ status: 200, type: 'application/json' });
    expect(first.body).toMatchObject({
      items: [{ id: sampleRun(3).id, outcome: 'success', counts: { total: 1 } }, { id: sampleRun(2).id }],
      nextCursor: sampleRun(2).id,
    });
    expect((await api.get(`/runs?limit=2&cursor=${sampleRun(2).id}`)).body).toMatchObject({
      items: [{ id: sampleRun(1).id }],
      nextCursor: null,
    });
  });

  it('shows a run, its tasks and its own description', async () => {
    await using folder = await createRunFolder([sampleRun(1)]);
    await using api = await listen(folder.path);
    const { tasks, ...head } = sampleRun(1);
    expect((await api.get(`/runs/${head.id}`)).body).toMatchObject(head);
    expect((await api.get(`/runs/${head.id}/tasks`)).body).toEqual({ items: tasks });
    expect((await api.get('/openapi.json')).body).toEqual({ openapi: '3.1.0' });
  });

  it('skips a broken record, and /health names it', async () => {
    await using folder = await createRunFolder([sampleRun(1)]);
    await folder.write(`${sampleRun(2).id}.json`, '{');
    await using api = await listen(folder.path);
    expect((await api.get('/runs')).body).toMatchObject({
      items: [{ id: sampleRun(1).id }],
      nextCursor: null,
    });
    expect((await api.get('/health')).body).toEqual({
      status: 'degraded',
      store: 'folder',
      records: 2,
      newest: sampleRun(2).id,
      skipped: [{ record: `${sampleRun(2).id}.json`, problem: 'is not JSON' }],
      notice: null,
    });
    const detail = `The record of run ${sampleRun(2).id} is not JSON.`;
    expect(await api.get(`/runs/${sampleRun(2).id}`)).toMatchObject(
      problem(500, 'Internal Server Error', detail),
    );
  });

  it('says what there is instead of what is not', async () => {
    await using folder = await createRunFolder();
    await using api = await listen(folder.path);
    const { id } = sampleRun(1);
    expect(await api.get(`/runs/${id}`)).toMatchObject(
      problem(404, 'Not Found', `There is no run ${id}; GET /runs lists those there are.`),
    );
    expect(await api.get('/x', { method: 'POST' })).toMatchObject(
      problem(404, 'Not Found', 'POST /x is not served; GET /openapi.json says what is.'),
    );
  });

  it.each(['limit=0', 'limit=101', 'limit=', 'limit=1&limit=2', 'cursor=..%2f', 'page=2'])(
    'refuses the query %s',
    async (query) => {
      await using folder = await createRunFolder();
      await using api = await listen(folder.path);
      const answer = await api.get(`/runs?${query}`);
      expect(answer).toMatchObject({ status: 400, type: 'application/problem+json' });
      expect(JSON.stringify(answer.body)).toContain('The query of the request cannot be used');
    },
  );

  it.each(['../secret', '..%2fsecret', '%2e%2e%2fsecret', '..%5csecret', '%2fetc%2fpasswd', 'x%00', '%zz'])(
    'reads nothing outside the folder for /runs/%s',
    async (path) => {
      await using folder = await createRunFolder();
      await folder.write('secret.json', JSON.stringify({ secret: 'found it' }));
      await using api = await listen(join(folder.path, 'runs'));
      const answer = await sendRaw(
        api.port,
        `GET /runs/${path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n`,
      );
      expect(answer).toMatch(/^HTTP\/1\.1 40[04] /);
      expect(answer).toContain('application/problem+json');
      expect(answer).not.toContain('found it');
    },
  );

  it('answers 503 when the folder cannot be read', async () => {
    await using folder = await createRunFolder();
    await folder.write('file', '');
    await using api = await listen(join(folder.path, 'file'));
    const detail = 'RUNS_DIR cannot be listed (ENOTDIR): it must be a folder that the api may read';
    for (const path of ['/runs', '/health']) {
      expect(await api.get(path)).toMatchObject(problem(503, 'Service Unavailable', detail));
    }
  });
});

describe('access', () => {
  it('is for whoever brings the token', async () => {
    await using folder = await createRunFolder();
    await using api = await listen(folder.path, { access: { kind: 'token', token } });
    expect((await api.get('/runs', { headers: { authorization: `Bearer ${token}` } })).status).toBe(200);
    for (const authorization of ['', token, `Basic ${token}`, `Bearer ${token}x`, 'Bearer ', 'Bearer é']) {
      const answer = await api.get('/health', { headers: authorization === '' ? {} : { authorization } });
      expect(answer).toMatchObject({ status: 401, type: 'application/problem+json' });
      expect(answer.headers.get('www-authenticate')).toBe('Bearer');
    }
    expect((await api.get('/missing')).status).toBe(401);
  });

  it.each([
    ['localhost', 200],
    ['127.0.0.1:80', 200],
    ['[::1]:80', 200],
    ['example.org', 403],
    ['127.0.0.1.example.org:4310', 403],
  ])('without a token asks that the api is called by a local name: %s', async (host, status) => {
    await using folder = await createRunFolder();
    await using api = await listen(folder.path);
    const answer = await sendRaw(
      api.port,
      `GET /runs HTTP/1.1\r\nHost: ${host}\r\nConnection: close\r\n\r\n`,
    );
    expect(answer).toMatch(new RegExp(`^HTTP/1.1 ${status} `));
  });
});

describe('a client that is none', () => {
  it.each([
    ['', 408],
    ['GET /runs HTTP/1.1\r\nHost: local', 408],
    ['POST /runs HTTP/1.1\r\nHost: localhost\r\nContent-Length: 9\r\n\r\n{', 404],
  ])('is cut off when it hangs after %j, and others are served meanwhile', async (start, status) => {
    await using folder = await createRunFolder();
    await using api = await listen(folder.path, { requestSeconds: 0.2 });
    const hanging = sendRaw(api.port, start);
    expect((await api.get('/health')).status).toBe(200);
    expect(await hanging).toMatch(new RegExp(`^HTTP/1.1 ${status} `));
  });

  it.each([
    ['hello\r\n\r\n', 400, 'The request is not HTTP/1.1.'],
    [`GET / HTTP/1.1\r\nX: ${'x'.repeat(20_000)}\r\n\r\n`, 431, 'The headers of the request are too long.'],
  ])('is told so (%#)', async (request, status, detail) => {
    await using folder = await createRunFolder();
    await using api = await listen(folder.path);
    const answer = await sendRaw(api.port, request);
    expect(answer).toMatch(new RegExp(`^HTTP/1.1 ${status} `));
    expect(answer).toContain(JSON.stringify(detail));
  });
});
