import { describe, expect, it } from 'vitest';
import { readEnvironments, type EnvironmentsReading } from '../environments/read-environments.ts';
import { composeFolder } from '../oracle/compose-folder.fixture.ts';

async function read(files: Readonly<Record<string, string>>): Promise<EnvironmentsReading> {
  await using workspace = await composeFolder(files);
  return readEnvironments({ folder: workspace.root, workspaceRoot: workspace.root, environment: {} });
}

const doubled = (first: string, line: (at: number) => string, last: string): string =>
  `${first}\n${Array.from({ length: 40 }, (_, at) => line(at)).join('\n')}\n${last}`;

describe('ends in time, and tells what is wrong, for', () => {
  it.each<[string, Record<string, string>, RegExp | undefined]>([
    [
      'aliases that double',
      {
        'compose.yaml': doubled(
          'x0: &a0 [x, x]',
          (at) => `x${at + 1}: &a${at + 1} [*a${at}, *a${at}]`,
          'services: {app: {image: x, ports: *a40}}',
        ),
      },
      /"" is no port/,
    ],
    [
      'merge keys that double',
      {
        'compose.yaml': doubled(
          'x0: &a0 {k: v}',
          (at) => `x${at + 1}: &a${at + 1} {<<: [*a${at}, *a${at}], k${at}: v}`,
          'services: {app: {image: x, <<: *a40}}',
        ),
      },
      undefined,
    ],
    [
      'many merged keys',
      {
        'compose.yaml': `x-a: &a {${Array.from({ length: 5000 }, (_, at) => `k${at}: 1`).join(', ')}}\nservices:\n${Array.from({ length: 5000 }, (_, at) => `  s${at}: {<<: *a}`).join('\n')}\n`,
      },
      /say more than can be read/,
    ],
    ['an alias to itself', { 'compose.yaml': 'services: &a {app: *a}\n' }, /no anchor &a stands before \*a/],
    [
      'deep lists',
      { 'compose.yaml': `services: {app: {image: x}}\nx-deep: ${'['.repeat(20_000)}${']'.repeat(20_000)}\n` },
      /nested too deep/,
    ],
    [
      'deep mappings',
      { 'compose.yaml': `services: {app: {image: x}}\nx-deep: ${'{a: '.repeat(400)}1${'}'.repeat(400)}\n` },
      /nested too deep/,
    ],
    [
      'deep blocks',
      {
        'compose.yaml': `services: {app: {image: x}}\nx-deep:\n${Array.from({ length: 600 }, (_, at) => `${' '.repeat(at + 1)}a:`).join('\n')}\n`,
      },
      /nested too deep/,
    ],
    [
      'very many keys',
      {
        'compose.yaml': `services: {app: {image: x}}\nx-many:\n${Array.from({ length: 20_000 }, (_, at) => `  k${at}: 1`).join('\n')}\n`,
      },
      undefined,
    ],
    [
      'very many services',
      {
        'compose.yaml': `services:\n${Array.from({ length: 10_000 }, (_, at) => `  s${at}: {image: x}`).join('\n')}\n`,
      },
      /it has 10000 services: only 1000 are read/,
    ],
    [
      'many dependencies',
      {
        'compose.yaml': `services:\n${Array.from(
          { length: 250 },
          (_, at) =>
            `  s${at}: {image: x, depends_on: [${Array.from({ length: at }, (_, one) => `s${one}`)
              .slice(-200)
              .join(', ')}]}`,
        ).join('\n')}\n`,
      },
      undefined,
    ],
    [
      'many ports',
      { 'compose.yaml': 'services: {app: {image: x, ports: ["1-65535:1-65535"]}}\n' },
      /65535 ports in one entry are too many/,
    ],
    [
      'defaults that nest',
      { 'compose.yaml': `services: {app: {image: "${'${A:-'.repeat(5000)}${'}'.repeat(5000)}"}}\n` },
      /nested too deep/,
    ],
    [
      'open braces',
      { 'compose.yaml': `services: {app: {image: "${'${A:-'.repeat(50_000)}"}}\n` },
      /is no variable/,
    ],
    [
      'variables that double',
      {
        'compose.yaml': 'services: {app: {image: "x${A60}"}}\n',
        '.env': `A0=xxxxxxxxxx\n${Array.from({ length: 60 }, (_, at) => `A${at + 1}=$A${at}$A${at}`).join('\n')}\n`,
      },
      undefined,
    ],
    [
      'quotes that never end',
      { 'compose.yaml': 'services: {app: {image: x}}\n', '.env': 'A="\n'.repeat(20_000) },
      undefined,
    ],
    [
      'backslashes before a quote',
      { 'compose.yaml': 'services: {app: {image: x}}\n', '.env': `A="${'\\"'.repeat(100_000)}\n` },
      undefined,
    ],
    [
      'files that include each other',
      {
        'compose.yaml': 'include: [a.yaml, b.yaml]\nservices: {app: {image: x}}',
        'a.yaml': 'include: [b.yaml]\nservices: {}',
        'b.yaml': 'include: [a.yaml]\nservices: {}',
      },
      /include each other in a circle/,
    ],
    [
      'includes that double',
      {
        'compose.yaml': 'include: [i0.yaml, i0.yaml]\nservices: {app: {image: x}}',
        ...Object.fromEntries(
          Array.from({ length: 30 }, (_, at) => [
            `i${at}.yaml`,
            `include: [i${at + 1}.yaml, ./i${at + 1}.yaml]\nservices: {}`,
          ]),
        ),
      },
      /takes in more than 300 files/,
    ],
    [
      'a long chain of services that extend each other',
      {
        'compose.yaml': `services:\n  s0: {image: x}\n${Array.from({ length: 900 }, (_, at) => `  s${at + 1}: {extends: s${at}, ports: ["${at + 1}:1"]}`).join('\n')}\n`,
      },
      /say more than can be read/,
    ],
    [
      'one large mapping in many services',
      {
        'compose.yaml': `services:\n  s0: {image: x, environment: {${Array.from({ length: 10_000 }, (_, at) => `K${at}: 1`).join(', ')}}}\n${Array.from({ length: 900 }, (_, at) => `  s${at + 1}: {extends: s0, environment: {A: 1}}`).join('\n')}\n`,
      },
      /say more than can be read/,
    ],
    [
      'one large list in many services',
      {
        'compose.yaml': `x-v: &v [${Array.from({ length: 10_000 }, (_, at) => `./a:/a${at}`).join(', ')}]\nservices:\n${Array.from({ length: 900 }, (_, at) => `  s${at}: {image: x, volumes: *v}`).join('\n')}\n`,
      },
      /say more than can be read/,
    ],
    [
      'lists of aliases that are merged',
      {
        'compose.yaml': doubled(
          'x0: &a0 [x, x]',
          (at) => `x${at + 1}: &a${at + 1} [*a${at}, *a${at}]`,
          'services: {app: {image: x, ports: [*a40], configs: [{a: *a40}]}}',
        ),
        'compose.override.yaml': 'services: {app: {ports: ["1:1"], configs: [{a: b}]}}',
      },
      /"" is no port/,
    ],
    [
      'a file of two million characters',
      { 'compose.yaml': `services: {app: {image: x}}\n#${'x'.repeat(2_000_000)}\n` },
      /less than 256 KiB/,
    ],
    [
      'names that JavaScript knows',
      {
        'compose.yaml':
          'services: {__proto__: {image: "${__proto__}${constructor}x"}, constructor: {image: y, environment: {__proto__: 1}}}\n',
      },
      undefined,
    ],
    [
      'signs for a terminal',
      { 'compose.yaml': 'services: {app: {image: x, ports: ["\\e[2J:80"]}}\n' },
      /^compose\.yaml:1: " \[2J" is no port of the host$/,
    ],
    [
      'zeros',
      {
        'compose.yaml': `services: {app: {image: "a\u0000b", build: "\\0", volumes: ["./\\0:/x"], env_file: "\\0"}}\n`,
      },
      undefined,
    ],
    [
      'paths with zeros',
      { 'compose.yaml': 'include: ["a\\0b.yaml"]\nservices: {app: {image: x}}\n' },
      /is not there/,
    ],
  ])('%s', async (_name, files, problem) => {
    const before = performance.now();
    const { environments } = await read(files);
    expect(performance.now() - before).toBeLessThan(4000);
    if (problem !== undefined) expect(environments[0]?.problems.join('\n')).toMatch(problem);
    expect(JSON.stringify(environments).length).toBeLessThan(4_000_000);
  });
});

it('leaves out services with names that would be taken for an option, or drive a terminal', async () => {
  const names = ['--help', String.raw`a\e]0;title\a\nb`, '$(touch x)', 'a b'];
  const services = ['ok-1.a_b', ...names].map((name) => `  "${name}": {image: x}`);
  const { environments } = await read({ 'compose.yaml': `services:\n${services.join('\n')}\n` });
  expect(environments[0]?.services.map(({ name }) => name)).toEqual(['ok-1.a_b']);
  expect(environments[0]?.problems[0]).toBe(
    'compose.yaml:3: "--help" is no name for a service: it has letters, digits, `.`, `_` and `-`, and does not begin with `-`, so it is left out',
  );
  expect(environments[0]?.problems).toHaveLength(4);
});
