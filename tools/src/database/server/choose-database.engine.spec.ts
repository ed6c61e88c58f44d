import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { platformEnvironments, takeDown } from '../../compose/index.ts';
import { chooseDatabase, chooseEnvironment } from './choose-database.ts';

const composeFile = `
services:
  postgres:
    image: postgres:15-alpine
    environment: { POSTGRES_USER: owner, POSTGRES_DB: app, POSTGRES_PASSWORD: pass-word-123 }
    tmpfs: [/var/lib/postgresql/data]
    healthcheck: { test: [CMD-SHELL, pg_isready -q -h 127.0.0.1], interval: 1s, retries: 60 }
`;

it('a server that is down is brought up when that is asked for', async () => {
  const workspaceRoot = mkdtempSync(join(tmpdir(), 'at-up-'));
  writeFileSync(join(workspaceRoot, 'compose.dev.yaml'), composeFile);
  const projects = [{ name: workspaceRoot.split('/').at(-1) ?? '', root: '.' }];
  const environments = platformEnvironments({ workspaceRoot, projects });
  const environment = chooseEnvironment('api:db:snapshot', environments, {});
  const lines: string[] = [];
  const invocation = { name: 'api:db:snapshot', report: (line: string) => void lines.push(line) };
  const quiet = { ...invocation, onOutput: () => undefined };
  try {
    const choosing = chooseDatabase(environment, {}, quiet);
    await expect(choosing).rejects.toThrow(
      /postgres of .* dev is down\.\nBring it up with .*, or add --up\.$/,
    );
    const database = await chooseDatabase(environment, { up: true }, quiet);
    expect(database).toMatchObject({ name: 'app', user: 'owner', major: 15 });
    expect(lines.join('\n')).not.toContain('waiting for');
  } finally {
    await takeDown(environment, { volumes: true }, quiet);
    rmSync(workspaceRoot, { recursive: true });
  }
});
