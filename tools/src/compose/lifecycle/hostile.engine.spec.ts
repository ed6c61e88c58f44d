import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { bringUp } from './bring-up.ts';
import { check, composeFixture } from './environment.fixture.ts';

it('what a container prints drives no terminal, and shows no secret of its env file', async () => {
  const command = String.raw`printf '\033]52;c;ZXZpbA==\007\033[2Jlog token-1234567\r\n'; sleep 1000`;
  await using rig = composeFixture({
    web: {
      command: ['sh', '-c', command],
      env_file: 'web.env',
      healthcheck: check(String.raw`printf '\033]0;owned\007 token-1234567'; exit 1`, 1),
    },
  });
  writeFileSync(join(rig.environment.folder, 'web.env'), 'API_TOKEN=token-1234567\n');
  const outcome = await bringUp(rig.environment, {}, rig.invocation);
  const { composeProject } = rig.environment;
  expect(outcome).toMatchObject({
    kind: 'failed',
    message:
      `shop:compose:up: web of ${composeProject} is unhealthy: its health check says " ***". It wrote last:\n` +
      '  log ***\nSee all of it with `nx compose:logs shop -c dev`.',
  });
});
