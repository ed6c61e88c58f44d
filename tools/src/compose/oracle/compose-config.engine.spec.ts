import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { runProgram } from '../../process/index.ts';
import { readEnvironments } from '../environments/read-environments.ts';
import { composeCases } from './compose-cases.fixture.ts';
import { composeConfig, plainService } from './compose-config.fixture.ts';
import { composeFolder } from './compose-folder.fixture.ts';
import { randomCompose } from './random-compose.fixture.ts';
import { serviceCases } from './service-cases.fixture.ts';

const environment = { HOME: process.env['HOME'] };

/** What we and Compose make of the same folder, side by side. */
async function bothReadings(files: Readonly<Record<string, string>>, folder: string) {
  await using workspace = await composeFolder(files);
  const root = join(workspace.root, folder);
  const [found] = readEnvironments({ folder: root, workspaceRoot: workspace.root, environment }).environments;
  const theirs = await composeConfig(root, found?.files ?? []);
  const ours = {
    kind: 'read',
    name: found?.declaredName,
    services: Object.fromEntries((found?.services ?? []).map((one) => [one.name, plainService(one)])),
  };
  return { theirs, ours, problems: found?.problems ?? [], isNone: found === undefined };
}

describe('reads as docker compose config does:', () => {
  it.each([...composeCases, ...serviceCases])('%s', async (_name, files) => {
    const inside = Object.entries(files).map(([name, text]): [string, string] => [
      `My.Project/${name}`,
      text,
    ]);
    const { theirs, ours, problems, isNone } = await bothReadings(Object.fromEntries(inside), 'My.Project');
    if (theirs.kind === 'rejected') {
      expect(isNone || problems.length > 0, theirs.message).toBe(true);
    } else {
      expect(ours).toEqual(theirs);
      expect(problems).toEqual([]);
    }
  });

  const seeds = Array.from({ length: 20 }, (_, block) => block);
  it.each(seeds)('ten random projects, block %i', async (block) => {
    for (let seed = block * 10; seed < block * 10 + 10; seed += 1) {
      const { theirs, ours, problems } = await bothReadings(randomCompose(seed), 'project');
      const services = Object.fromEntries(
        Object.entries(theirs.kind === 'read' ? theirs.services : {}).map(([name, service]) => {
          // What stands in an env_file is Compose's business: we do not read it.
          const own = Object.entries(service.environment).filter(([variable]) => variable !== 'IN_FILE');
          return [name, { ...service, environment: Object.fromEntries(own) }];
        }),
      );
      expect(ours, `seed ${seed}`).toEqual({ ...theirs, services });
      expect(problems).toEqual([]);
    }
  });
});

describe('the files that Switchyard gives to Compose', () => {
  it('are read with the .env beside the first one, by v1 too', async () => {
    await using workspace = await composeFolder({
      'shop/compose/test.yml': 'services: {app: {image: "app:${TAG:-none}"}}\n',
      'shop/compose/.env': 'TAG=beside\n',
      'shop/.env': 'TAG=above\n',
    });
    const folder = join(workspace.root, 'shop');
    const [test] = readEnvironments({ folder, workspaceRoot: workspace.root, environment }).environments;
    const old = await runProgram({
      file: 'docker-compose',
      args: ['-f', test?.files[0] ?? '', 'config'],
      cwd: folder,
    });
    expect(test?.services[0]?.image).toBe('app:beside');
    expect(await composeConfig(folder, test?.files ?? [])).toMatchObject({
      services: { app: { image: 'app:beside' } },
    });
    expect(old).toMatchObject({ kind: 'exited', code: 0 });
    expect('stdout' in old ? old.stdout : '').toContain('image: app:beside');
  });

  it('are accepted when an environment needs its base, and only together', async () => {
    await using workspace = await composeFolder({
      'shop/docker-compose.yml': 'services: {app: {image: app}, db: {image: db}}\n',
      'shop/docker-compose.test.yml': 'services: {app: {environment: {TEST: 1}}}\n',
    });
    const folder = join(workspace.root, 'shop');
    const found = readEnvironments({ folder, workspaceRoot: workspace.root, environment }).environments;
    const test = found.find(({ name }) => name === 'test');
    expect(await composeConfig(folder, test?.files ?? [])).toMatchObject({ kind: 'read' });
    expect(await composeConfig(folder, test?.files.slice(1) ?? [])).toMatchObject({ kind: 'rejected' });
  });
});
