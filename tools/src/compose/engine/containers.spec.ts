import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { inspectContainers, listContainers } from './containers.ts';
import type { Engine } from './engine.ts';

/** An engine whose program is a script. */
function scripted(script: string): Engine & Disposable {
  const folder = mkdtempSync(join(tmpdir(), 'at-engine-'));
  const program = join(folder, 'docker');
  writeFileSync(program, `#!/bin/sh\n${script}\n`);
  chmodSync(program, 0o755);
  return {
    ...{ kind: 'docker', program, version: '1' },
    compose: { kind: 'v2', command: [program, 'compose'], version: '2.0.0' },
    [Symbol.dispose]: () => {
      rmSync(folder, { recursive: true });
    },
  };
}

it('an engine that accepts and never answers is given up', async () => {
  using engine = scripted('exec sleep 1000');
  await expect(listContainers(engine, ['a=b'], { timeout: 200 })).rejects.toThrow(
    `\`${engine.program} ps\` failed: no answer within 0.2 s`,
  );
  await expect(inspectContainers(engine, ['a'], { timeout: 200 })).rejects.toThrow(
    `\`${engine.program} container inspect\` failed: no answer within 0.2 s`,
  );
});

it('an engine that goes away says so', async () => {
  using engine = scripted('echo "Cannot connect to the Docker daemon" >&2; exit 1');
  await expect(listContainers(engine, [])).rejects.toThrow('ps` failed: Cannot connect to the Docker daemon');
});
