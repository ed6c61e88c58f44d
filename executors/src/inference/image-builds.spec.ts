import { describe, expect, it } from 'vitest';
import { targetsOf, Workspace } from './workspace.fixture.ts';

const image = (context: string): string => `services:\n  app:\n    build: ${context}\n`;
const building = '.PHONY: build\nbuild: dist/app ## Build @outputs(dist)\ndist/app: src\n\tcp src dist/app\n';

/** What `compose:up` and `compose:build` of a project depend on. */
async function needed(files: Record<string, string>, root = 'api'): Promise<unknown> {
  using workspace = new Workspace({ ...files, 'api/src': '', 'web/src': '' });
  const targets = targetsOf(await workspace.infer(Object.keys(files)), root);
  expect(targets['compose:down']?.dependsOn).toBeUndefined();
  expect(targets['compose:build']?.dependsOn).toEqual(targets['compose:up']?.dependsOn);
  return targets['compose:up']?.dependsOn;
}

describe('bringing up and building images', () => {
  it('come after the build of the project that they copy', async () => {
    const own = [{ target: 'build', params: 'ignore' }];
    expect(await needed({ 'api/Makefile': building, 'api/compose/dev.yml': image('..') })).toEqual(own);
    const phony = '.PHONY: build\nbuild: ## Build @outputs(dist)\n\tcp src dist/app\n';
    expect(await needed({ 'api/Makefile': phony, 'api/compose.yml': image('.') })).toEqual(own);
    const wide = 'services:\n  app:\n    build: { context: .., dockerfile: api/Dockerfile }\n';
    expect(await needed({ 'api/Makefile': phony, 'api/compose.yml': wide })).toEqual(own);
  });

  it('come after the build of another project whose image they make', async () => {
    const files = {
      'api/Makefile': building,
      'web/Makefile': building,
      'web/compose.yml': image('../api'),
    };
    expect(await needed(files, 'web')).toEqual([{ projects: ['api'], target: 'build', params: 'ignore' }]);
  });

  it('wait for no build that is not cached, or that no image copies', async () => {
    const action = '.PHONY: build\nbuild:\n\tdocker compose build\n';
    expect(await needed({ 'api/Makefile': action, 'api/compose.yml': image('.') })).toBeUndefined();
    const pulled = 'services:\n  app:\n    image: busybox:1.36\n';
    expect(await needed({ 'api/Makefile': building, 'api/compose.yml': pulled })).toBeUndefined();
  });

  it('leave the build of a script to the script', async () => {
    const files = { 'api/Makefile': building, 'api/compose.yml': image('.') };
    const manifest = {
      'api/package.json': '{ "name": "api", "scripts": { "build": "x" } }',
      'package.json': '{ "workspaces": ["api"] }',
    };
    expect(await needed({ ...files, ...manifest })).toBeUndefined();
  });
});
