import { describe, expect, it } from 'vitest';
import { infer } from './infer.fixture.ts';
import { parseInferenceOptions } from './inference-options.ts';

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
      'lint_fix',
      'lint/fix',
      'test_up',
      'test-db-drop',
      'test-report-upload',
      'test-update-snapshots',
      'checkout',
      'health-check',
      'test-clean',
      'test-cleanup',
      'lint-autofix',
      'verify-and-tag',
      'check-in',
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

describe('what make does that a split would not', () => {
  it.each([
    ['is not there', 'verify: lint missing.txt\n'],
    ['comes from a pattern rule', 'verify: lint out.o\n%.o: %.c\n\tcc\n'],
    ['gets its recipe from a pattern rule', 'verify: lint out.o\nout.o: out.h\n%.o: %.c\n\tcc\n'],
  ])('leaves a prerequisite that %s with make', async (_what, rules) => {
    const found = await infer(`.PHONY: verify lint\n${rules}lint:\n\trun\n`);
    expect(found['verify']).toMatchObject({ runs: 'make', dependsOn: ['lint'] });
  });

  it.each([
    ['two', 'a-check: b-check\n\trun\nb-check: a-check\n\trun\n', /b-check needs a-check itself/],
    [
      'three',
      'a-check: b-check\n\trun\nb-check: c-check\n\trun\nc-check: a-check\n\trun\n',
      /b-check needs a-check itself/,
    ],
  ])('gives make a circle of %s whole, as Nx would stop at it', async (_what, rules, why) => {
    const found = await infer(`.PHONY: a-check b-check c-check\n${rules}`);
    expect(found['a-check']).toMatchObject({ dependsOn: [] });
    expect(found['a-check']?.whole).toMatch(why);
  });

  it('leaves double-colon prerequisites with make, which runs them in spite of -o', async () => {
    const found = await infer('.PHONY: verify lint\nverify: lint\n\trun\nlint::\n\tone\nlint::\n\ttwo\n');
    expect(found['verify']).toMatchObject({ runs: 'make', dependsOn: [], preparations: [] });
  });

  it('gives make all targets whole where variables of a pattern reach their prerequisites', async () => {
    const found = await infer(
      '.PHONY: verify lint\nver%: MODE = $(STAGE)\nverify: lint\n\trun\nlint:\n\trun $(MODE)\n',
    );
    expect(found['verify']?.whole).toMatch(/variables for patterns/);
    expect(found['lint']?.environment).toContain('STAGE');
  });

  it('does not call a file up to date before what is made from it', async () => {
    const rules = 'app: gen.c\n\tcp gen.c app\ngen.c: src\n\tcp src gen.c\n';
    const found = await infer(
      `.PHONY: test bench-check\ntest: gen.c app\n\trun\nbench-check: gen.c app\n\trun\n${rules}`,
    );
    expect(found['test']?.preparations).toEqual(['app']);
  });

  it('does not let two tasks make the same file by a pattern rule at once', async () => {
    const found = await infer('.PHONY: test lint\ntest: a.o\n\trun\nlint: a.o\n\trun\n%.o: %.c\n\tcc\n');
    expect(found['test']?.preparations).toEqual(['a.o']);
    expect(found['lint']?.preparations).toEqual(['a.o']);
  });

  it('does not run an action again that a check beside it has run', async () => {
    const found = await infer(
      '.PHONY: deploy test up\ndeploy: test up\n\trun\ntest: up\n\trun\nup:\n\trun\n',
    );
    expect(found['deploy']).toMatchObject({ dependsOn: ['test'], preparations: ['up'] });
  });
});

describe('inputs and outputs', () => {
  it('counts what the tasks below depend on, since their results are its inputs', async () => {
    const found = await infer(
      '.PHONY: test\ntest: out/app\n\trun\n# The app @inputs(../schema/x) @env(MODE)\nout/app: out/lib\n\tcp $< $@\nout/lib:\n\tcc $(CFLAGS) -o $@\n',
    );
    expect(found['test']).toMatchObject({
      dependsOn: ['out/app'],
      environment: ['CFLAGS', 'MODE'],
      inputs: ['../schema/x'],
    });
  });

  it('lists the environment that a recipe or its variables read', async () => {
    const text =
      'PORT ?= 80\nFLAGS = $(EXTRA) -v\nFIXED = 1\n.PHONY: test\ntest:\n\trun $(FLAGS) $(FIXED) $$TOKEN $(PORT) "$${HOME}"; X=1; echo $$X\n';
    expect((await infer(text))['test']?.environment).toEqual(['EXTRA', 'PORT', 'TOKEN']);
  });

  it.each(['..', '../x', '.', './', '/etc', '!src', 'a/../..', '*', '$(OUT)', '{projectRoot}'])(
    'never takes %s for an output: Nx would remove it',
    async (output) => {
      const found = await infer(`.PHONY: site\nsite: ## Build it @outputs(${output})\n\thugo\n`);
      expect(found['site']).toMatchObject({ kind: 'action', outputs: [] });
    },
  );

  it('knows the report files that a recipe writes, and not those that it reads', async () => {
    const text =
      '.PHONY: test\ntest:\n\tpytest --junitxml=reports/junit.xml --cov-report=xml\n\tdiff expected/report.json x\n\tgotestsum --junitfile $(OUT)/$(NAME)-junit.xml\n';
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

describe('options', () => {
  it('names a wrong option and what there is', () => {
    expect(() => parseInferenceOptions({ cheks: ['x'] })).toThrow(
      /there is no option "cheks"; there are check, build/,
    );
    expect(() => parseInferenceOptions({ evaluateShell: 'yes' })).toThrow(/option "evaluateShell"/);
  });
});
