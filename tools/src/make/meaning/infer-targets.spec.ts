import { describe, expect, it } from 'vitest';
import { readMakefile } from '../read-makefile.ts';
import { inferTargets, type InferredTarget } from './infer-targets.ts';
import { parseInferenceOptions } from './inference-options.ts';

async function infer(text: string, options: unknown = {}): Promise<Record<string, InferredTarget>> {
  const reading = await readMakefile({ makefile: '/work/project/Makefile', environment: {}, text });
  const targets = inferTargets(reading, [text], parseInferenceOptions(options));
  return Object.fromEntries(targets.map((target) => [target.makeTarget, target]));
}

async function kindsOf(names: readonly string[]): Promise<Record<string, string>> {
  const text = names.map((name) => `.PHONY: ${name}\n${name}:\n\t@run it\n`).join('');
  return Object.fromEntries(
    Object.values(await infer(text)).map(({ makeTarget, kind }) => [makeTarget, kind]),
  );
}

describe('kinds', () => {
  it('takes tests, linters and checks for checks', async () => {
    const names = [
      'test',
      'test-unit',
      'lint',
      'lint-md-check',
      'type-check',
      'verify',
      'check',
      'docs-check',
      'vet',
      'audit',
    ];
    expect(new Set(Object.values(await kindsOf(names)))).toEqual(new Set(['check']));
  });

  it('never takes what changes the world for a check', async () => {
    const names = [
      'test-up',
      'test-down',
      'test-restart',
      'lint-fix',
      'lint-md-fix',
      'checkout',
      'health-check',
      'test-clean',
      'deploy',
      'format',
      'migrate',
    ];
    expect(new Set(Object.values(await kindsOf(names)))).toEqual(new Set(['action']));
  });

  it('knows services and what wants the terminal', async () => {
    expect(
      await kindsOf(['serve', 'docs-serve', 'dev-logs', 'test-watch', 'dev-shell', 'dev-redis-cli', 'psql']),
    ).toEqual({
      serve: 'service',
      'docs-serve': 'service',
      'dev-logs': 'service',
      'test-watch': 'service',
      'dev-shell': 'interactive',
      'dev-redis-cli': 'interactive',
      psql: 'interactive',
    });
  });

  it('follows the options before the names, and a comment before the options', async () => {
    const text = '.PHONY: smoke test\nsmoke:\n\tcurl x\ntest: ## Rolls out @action\n\tkubectl apply\n';
    const found = await infer(text, { check: ['smoke'], service: ['test'] });
    expect(found['smoke']).toMatchObject({
      kind: 'check',
      reason: "its name matches smoke in the plugin's options",
    });
    expect(found['test']).toMatchObject({ kind: 'action', description: 'Rolls out' });
  });

  it('caches a build only where its outputs are known', async () => {
    const text =
      '.PHONY: build site docs all\nbuild:\n\tgo build\nsite: ## Build @outputs(public, dist/x)\n\thugo\ndocs:\n\tmkdocs\nall: bin/app\nbin/app: main.c\n\tcc -o $@ $<\n';
    const found = await infer(text, { outputs: { docs: ['site'] } });
    expect(found['build']?.kind).toBe('action');
    expect(found['site']).toMatchObject({ kind: 'build', outputs: ['public', 'dist/x'] });
    expect(found['docs']).toMatchObject({ kind: 'build', outputs: ['site'] });
    expect(found['all']).toMatchObject({ kind: 'build', outputs: ['bin/app'] });
    expect(found['bin/app']).toBeUndefined();
  });
});

describe('prerequisites', () => {
  it('makes tasks of checks, and nothing of what has no recipe', async () => {
    const found = await infer(
      '.PHONY: verify lint test\nverify: lint test\nlint:\n\trun lint\ntest:\n\trun test\n',
    );
    expect(found['verify']).toMatchObject({ runs: 'nothing', dependsOn: ['lint', 'test'], preparations: [] });
  });

  it('runs an action once before a check, when the check runs', async () => {
    const found = await infer(
      '.PHONY: test dev-up lint\ntest: lint dev-up\n\tpytest\nlint:\n\truff\ndev-up:\n\tdocker compose up -d\n',
    );
    expect(found['test']).toMatchObject({ dependsOn: ['lint'], preparations: ['dev-up'], runs: 'make' });
  });

  it.each([
    [
      'an action before a check',
      '.PHONY: all clean test\nall: clean test\n\techo\nclean:\n\trm x\ntest:\n\trun\n',
      'all',
      /test comes after clean/,
    ],
    ['an action that undoes', '.PHONY: test down\ntest: down\n\trun\ndown:\n\tstop\n', 'test', /takes away/],
    [
      'own variables',
      '.PHONY: test lint\ntest: MODE = x\ntest: lint\n\trun\nlint:\n\trun\n',
      'test',
      /own variables \(MODE\)/,
    ],
    [
      'a file',
      'test.xml: lint ## Test @check\n\trun > $@\n.PHONY: lint\nlint:\n\trun\n',
      'test.xml',
      /not phony/,
    ],
    ['$?', '.PHONY: test lint\ntest: lint\n\trun $?\nlint:\n\trun\n', 'test', /reads \$\?/],
    [
      '.NOTPARALLEL',
      '.NOTPARALLEL:\n.PHONY: test lint\ntest: lint\n\trun\nlint:\n\trun\n',
      'test',
      /no parallel runs/,
    ],
    [
      'MAKECMDGOALS',
      'G := $(MAKECMDGOALS)\n.PHONY: test lint\ntest: lint\n\trun\nlint:\n\trun\n',
      'test',
      /MAKECMDGOALS/,
    ],
    [
      'a way around',
      '.PHONY: test lint\ntest: lint _env\n\trun\n_env: lint\n\trun\nlint:\n\trun\n',
      'test',
      /_env also leads to lint/,
    ],
  ])('gives make the whole target because of %s', async (_what, text, name, why) => {
    const found = await infer(text);
    expect(found[name]).toMatchObject({ dependsOn: [], preparations: [] });
    expect(found[name]?.whole).toMatch(why);
  });

  it('does not let two tasks make the same hidden file at once', async () => {
    const found = await infer(
      '.PHONY: test lint\ntest: node_modules\n\trun\nlint: node_modules\n\trun\nnode_modules: package.json\n\tnpm ci\n',
    );
    expect(found['test']?.preparations).toEqual(['node_modules']);
    expect(found['lint']?.preparations).toEqual(['node_modules']);
    expect(found['node_modules']).toBeUndefined();
  });

  it('makes no two tasks that would run the same recipe', async () => {
    const text =
      '.PHONY: all check deploy lint\nall: check lint\n\techo all\ncheck: deploy lint\n\techo check\nlint:\n\techo\ndeploy:\n\techo\n';
    const found = await infer(text);
    expect(found['check']?.whole).toBe('lint comes after deploy');
    expect(found['all']).toMatchObject({ dependsOn: [], whole: 'lint would run more than once' });
  });

  it('leaves a private prerequisite of one target with make', async () => {
    const found = await infer('.PHONY: test _env\ntest: _env\n\trun\n_env:\n\tcp a b\n');
    expect(found['test']).toMatchObject({ dependsOn: [], preparations: [] });
    expect(found['_env']).toBeUndefined();
  });
});

describe('inputs and outputs', () => {
  it('lists the environment that a recipe or its variables read', async () => {
    const text =
      'PORT ?= 80\nFLAGS = $(EXTRA) -v\nFIXED = 1\n.PHONY: test\ntest:\n\trun $(FLAGS) $(FIXED) $$TOKEN $(PORT) "$${HOME}"; X=1; echo $$X\n';
    expect((await infer(text))['test']?.environment).toEqual(['EXTRA', 'PORT', 'TOKEN']);
  });

  it('knows the report files that a recipe writes, and not those that it reads', async () => {
    const text =
      '.PHONY: test\ntest:\n\tpytest --junitxml=reports/junit.xml --cov-report=xml\n\tdiff expected/report.json x\n';
    expect((await infer(text))['test']?.outputs).toEqual(['coverage.xml', 'reports/junit.xml']);
  });

  it('takes prerequisites outside the project for inputs', async () => {
    const text =
      '.PHONY: test\ntest: ../api/openapi.json ## Test @inputs(schemas/**) @timeout(10m) @lock(db) @env(STAGE)\n\trun\n';
    expect((await infer(text))['test']).toMatchObject({
      inputs: ['../api/openapi.json', 'schemas/**'],
      timeout: '10m',
      locks: ['db'],
      environment: ['STAGE'],
      description: 'Test',
    });
  });
});

describe('exposure', () => {
  it('shows commands that nobody declared phony, and not files', async () => {
    const found = await infer(
      'run-it:\n\tgo run .\napp: main.c\n\tcc -o $@ main.c\nobj/x.o: x.c\n\tcc -c x.c\n_private:\n\techo\n',
    );
    expect(Object.keys(found)).toEqual(['run-it']);
  });

  it('shows a file that is documented, as a build of that file', async () => {
    const found = await infer('# The program\napp: main.c\n\tcc -o $@ main.c\n');
    expect(found['app']).toMatchObject({ kind: 'build', outputs: ['app'], description: 'The program' });
  });
});

describe('options', () => {
  it('names a wrong option and what there is', () => {
    expect(() => parseInferenceOptions({ cheks: ['x'] })).toThrow(
      /there is no option "cheks"; there are check, build/,
    );
    expect(() => parseInferenceOptions({ evaluateShell: 'yes' })).toThrow(/option "evaluateShell"/);
  });
});
