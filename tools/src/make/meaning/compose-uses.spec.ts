import { describe, expect, it } from 'vitest';
import { infer } from './infer.fixture.ts';

async function usesOf(makefile: string, name = 'test'): Promise<readonly unknown[]> {
  const found = await infer(makefile);
  return (found[name]?.compose ?? []).map((use) => ({ ...use, makeTarget: undefined }));
}

describe('calls of Compose in a recipe', () => {
  const files = ['compose/test.yml'];
  it.each([
    ['a plain call', '', 'docker compose -f compose/test.yml exec -T app pytest'],
    ['docker-compose', '', '@docker-compose --file=compose/test.yml run --rm -e A=b app pytest'],
    ['podman', '', 'podman compose -fcompose/test.yml exec app pytest'],
    ['a path', '', '/usr/bin/docker --context x compose -f compose/test.yml exec app pytest'],
    ['a variable', 'COMPOSE := docker compose\n', '-$(COMPOSE) -f compose/test.yml exec app pytest'],
    ['a default', 'COMPOSE ?= docker compose\nT = ${COMPOSE} -f compose/test.yml\n', '$(T) exec app pytest'],
    ['a function', 'dc = docker compose -f compose/$(1).yml\n', '$(call dc,test) exec app pytest'],
    [
      'the shell',
      'DC = $(shell which docker-compose || echo docker compose)\n',
      '$(DC) -f compose/test.yml run app',
    ],
    ['an unanswered call', 'COMPOSE := $(shell ./which.sh)\n', '$(COMPOSE) -f compose/test.yml exec app x'],
    ['COMPOSE_FILE', '', 'COMPOSE_FILE=compose/test.yml docker compose run app'],
    ['an exported COMPOSE_FILE', 'export COMPOSE_FILE := compose/test.yml\n', 'docker compose run app'],
    [
      'a line of several',
      '',
      'if true; then \\\n\t  sudo docker compose -f "compose/test.yml" run app; \\\n\tfi',
    ],
  ])('are found by %s', async (_what, before, recipe) => {
    const found = await usesOf(`${before}.PHONY: test\ntest:\n\t${recipe}\n`);
    expect(found).toEqual([{ folder: '.', files, mode: 'exclusive' }]);
  });

  it('say which compose project they are for', async () => {
    const found = await usesOf(
      '.PHONY: test\nenv = test\ntest:\n\tdocker compose -p api-$(env) exec app x\n\tCOMPOSE_PROJECT_NAME=two docker compose exec app x\n\tdocker compose -p $$NAME exec app x\n',
    );
    expect(found).toEqual([
      { folder: '.', files: [], project: 'api-test', mode: 'exclusive' },
      { folder: '.', files: [], project: 'two', mode: 'exclusive' },
      { folder: '.', files: [], unknownProject: true, mode: 'exclusive' },
    ]);
  });

  it('follow cd, and know what they do not know', async () => {
    const found = await usesOf(
      '.PHONY: test\ntest:\n\tcd docker && docker compose -f ci.yml run app\n\tdocker compose -f compose/$$ENV.yml run app\n',
    );
    expect(found).toEqual([
      { folder: 'docker', files: ['docker/ci.yml'], mode: 'exclusive' },
      { folder: '.', mode: 'exclusive' },
    ]);
  });

  it('are not seen in text, comments, and what only looks', async () => {
    const found = await usesOf(
      '.PHONY: test\ntest:\n\t# docker compose up\n\techo "run docker compose up first"\n\tdocker compose logs app\n\tdocker compose ps\n',
    );
    expect(found).toEqual([]);
  });
});

describe('how an environment is used', () => {
  const call = 'docker compose exec app x';
  it.each([
    ['test', call, 'exclusive'],
    ['unit-test', call, 'exclusive'],
    ['lint', call, 'shared'],
    ['type-check', call, 'shared'],
    ['migrate', call, 'exclusive'],
    ['lint', 'docker compose up -d', 'exclusive'],
    ['dev-down', 'docker compose down', 'exclusive'],
    ['serve', 'docker compose up', undefined],
    ['dev-shell', call, undefined],
    ['bash', 'docker compose exec app bash', undefined],
    ['run-it', 'docker compose up --build', undefined],
    ['run-it', 'docker compose up -d --build', 'exclusive'],
    ['test', 'docker compose up --build --exit-code-from test', 'exclusive'],
  ])('%s: %s is %s', async (name, recipe, mode) => {
    const found = await infer(`.PHONY: ${name}\n${name}:\n\t${recipe}\n`);
    expect(found[name]?.compose?.[0]?.mode).toBe(mode);
  });

  it('counts what private prerequisites and makes of the same Makefile do', async () => {
    const up = 'docker compose -p x up -d';
    expect(await usesOf(`.PHONY: lint _up\nlint: _up\n\truff\n_up:\n\t${up}\n`, 'lint')).toHaveLength(1);
    for (const make of ['$(MAKE)', '@make -s', '-${MAKE} --no-print-directory'])
      expect(await usesOf(`.PHONY: lint _up\nlint:\n\t${make} _up\n_up:\n\t${up}\n`, 'lint')).toHaveLength(1);
    expect(await usesOf(`.PHONY: lint _up\nlint:\n\tmake -C lib _up\n_up:\n\t${up}\n`, 'lint')).toEqual([]);
  });

  it('leaves what a preparation does to the preparation', async () => {
    const found = await infer(
      '.PHONY: lint dev-up\nlint: dev-up\n\tdocker compose -f compose/dev.yml exec app ruff\ndev-up:\n\tdocker compose -f compose/dev.yml up -d\n',
    );
    const use = { folder: '.', files: ['compose/dev.yml'] };
    expect(found['lint']).toMatchObject({
      preparations: ['dev-up'],
      compose: [{ ...use, makeTarget: 'lint', mode: 'shared' }],
      prepared: [{ ...use, makeTarget: 'dev-up', preparation: 'dev-up', mode: 'shared' }],
    });
  });
});
