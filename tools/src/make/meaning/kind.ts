import { firstMatch } from './name-pattern.ts';

/** What running a target means; see the README's table of kinds. */
export const kinds = ['check', 'build', 'service', 'interactive', 'action'] as const;
export type Kind = (typeof kinds)[number];

/** Name patterns of the user, by kind; they are asked before the defaults. */
export type KindPatterns = Readonly<Partial<Record<Kind, readonly string[]>>>;

/** A kind and what it was recognised by, for people: `its name matches test-*`. */
export interface Recognition {
  readonly kind: Kind;
  readonly reason: string;
}

/** Asked in this order: a name that changes the world is never taken for a check, whatever else it looks like. */
const defaults: readonly (readonly [Kind, readonly string[]])[] = [
  ['service', ['serve', 'watch', 'logs', '*-serve', '*-watch', '*-logs', '*:serve', '*:watch', '*:logs']],
  ['interactive', ['shell', '*-shell', '*-cli', 'console', '*-console', 'psql', '*-psql', 'repl']],
  [
    'action',
    [
      ...['up', 'down', 'start', 'stop', 'restart', 'build', 'rebuild', 'clean', 'fix', 'update', 'install'],
      ...[
        'setup',
        'deploy',
        'publish',
        'push',
        'init',
        'reset',
        'create',
        'destroy',
        'remove',
        'rm',
        'image',
      ],
      ...['env', 'data', 'deps', 'db', 'prepare', 'teardown', 'status', 'write', 'docker-build', 'debug'],
      ...['drop', 'kill', 'purge', 'delete', 'seed', 'migrate', 'upload', 'upgrade', 'release', 'rollback'],
      ...[
        'cleanup',
        'autofix',
        'format',
        'regenerate',
        'login',
        'tag',
        'commit',
        'bump',
        'fixtures',
        'certs',
      ],
    ].flatMap((verb) => [`*-${verb}`, `*_${verb}`, `*/${verb}`, `*:${verb}`]),
  ],
  ['action', ['health*', 'fix', 'fix-*', '*-fix-*', '*-update-*', 'checkout*', 'check-in']],
  [
    'check',
    [
      ...['test', 'tests', 'lint', 'check', 'checks', 'verify', 'vet', 'audit', 'type-check', 'typecheck'],
      ...['test-*', 'test_*', 'test/*', 'test:*', 'test.*', 'lint-*', 'lint_*', 'lint/*', 'lint:*'],
      ...[
        'check-*',
        'check_*',
        'check/*',
        'check:*',
        'verify-*',
        'verify_*',
        'vet-*',
        'audit-*',
        'type-check-*',
      ],
      ...[
        '*-check',
        '*_check',
        'unit-test',
        'unit-tests',
        'unittest',
        'integration-test',
        'integration-tests',
      ],
    ],
  ],
];

/** What the name alone says, or undefined: then the shape of the target decides. */
export function kindByName(name: string, patterns: KindPatterns = {}): Recognition | undefined {
  for (const kind of kinds) {
    const pattern = firstMatch(patterns[kind] ?? [], name);
    if (pattern !== undefined) return { kind, reason: `its name matches ${pattern} in the plugin's options` };
  }
  for (const [kind, candidates] of defaults) {
    const pattern = firstMatch(candidates, name);
    if (pattern !== undefined) return { kind, reason: `its name matches ${pattern}` };
  }
  return undefined;
}

const undoing = [
  'down',
  'stop',
  'clean',
  'reset',
  'destroy',
  'rm',
  'kill',
  'teardown',
  'remove',
  'drop',
  'purge',
];

/** Whether an action takes away what others may need (`down`, `dev-clean`): never run once for several tasks. */
export function undoes(name: string): boolean {
  return name.split(/[-_:/.]/).some((word) => undoing.includes(word));
}
