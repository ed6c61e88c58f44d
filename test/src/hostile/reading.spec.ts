import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { hostileCases } from './cases/index.ts';
import { layOut, layOutSecret, secretText } from './lay-out.ts';
import { readCases, type CaseReading } from './read-cases.ts';
import { treeSnapshot } from './tree-snapshot.ts';

const base = mkdtempSync(join(tmpdir(), 'switchyard-hostile-'));
const workspace = join(base, 'workspace');
const readings = new Map<string, CaseReading>();
let before: Record<string, string> = {};
let connections = 0;
const listener = createServer((connection) => {
  connections += 1;
  connection.destroy();
});

beforeAll(async () => {
  await new Promise<void>((resolve) => {
    listener.listen(0, '127.0.0.1', resolve);
  });
  const address: AddressInfo | string | null = listener.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  mkdirSync(workspace);
  const secret = layOutSecret(base);
  for (const hostile of hostileCases) layOut(hostile, workspace, secret, port);
  before = treeSnapshot(workspace);
  const names = hostileCases.map(({ name }) => name);
  for (const reading of await readCases(workspace, names, 10_000)) readings.set(reading.name, reading);
}, 280_000);

afterAll(() => {
  listener.close();
  rmSync(base, { recursive: true, force: true });
});

describe('in a process that may read and nothing else, reading', () => {
  it.each(hostileCases)('$name ends within 5 seconds and tells no secret', ({ name, unreadable, left }) => {
    const reading = readings.get(name);
    expect(reading?.stuck).toBe(false);
    expect(reading?.milliseconds).toBeLessThan(5000);
    expect(reading?.nodes).not.toContain(secretText);
    if (left !== true) expect(reading?.nodes).toContain(`"cases/${name}"`);
    if (unreadable !== true) expect(reading?.nodes).toContain('"there":');
  });
});

it('leaves every file as it was, and calls nobody', () => {
  expect(treeSnapshot(workspace)).toEqual(before);
  expect(connections).toBe(0);
});
