/** Numbers that are the same for the same seed. */
export function seeded(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}

/** What `!override` puts in the place of what was there. */
const replacement = {
  ports: '!override ["1:1"]',
  environment: '!override {ONLY: 1}',
  volumes: '!override ["./only:/only"]',
  depends_on: '!override []',
  healthcheck: '!override {test: other}',
} as const;
const typed = ['ports', 'environment', 'volumes', 'depends_on', 'healthcheck'] as const;

/** A compose project of several files that a person might have written, in all syntaxes; always valid. */
export function randomCompose(seed: number): Readonly<Record<string, string>> {
  const random = seeded(seed);
  const below = (limit: number): number => Math.floor(random() * limit);
  const often = (share: number): boolean => random() < share;
  const pick = <T>(first: T, ...rest: readonly T[]): T => [first, ...rest][below(rest.length + 1)] ?? first;
  const some = <T>(items: readonly T[], share = 0.5): readonly T[] => items.filter(() => often(share));

  const word = (): string =>
    pick(
      'plain',
      '${TAG}',
      '${TAG:-later}',
      '${EMPTY-gone}',
      '${EMPTY:-full}',
      '${NONE:-${TAG:-x}}',
      '${NONE-a${TAG}b}',
      '${TAG:+there}',
      '${NONE:+there}-z',
      '${TAG?needed}',
      'a$$b',
      '$TAG.1',
      '$$TAG',
      '$${TAG}',
      'x${NONE}y',
    );
  const tag = (): string => pick('1', '${TAG}', '${TAG:-2}', '${NONE:-3}', '$NUMBER', '${NONE:-${NUMBER}}');
  const port = (): string => {
    const host = 1000 + below(60000);
    const container = 1 + below(9000);
    return pick(
      `"${host}:${container}"`,
      `${container}`,
      `"${container}"`,
      `"127.0.0.1:${host}:${container}"`,
      `"[::1]:${host}:${container}"`,
      `"\${NONE:-${host}}:${container}"`,
      `"\${NUMBER}:${container}/udp"`,
      `"127.0.0.1::${container}"`,
      `"${host}-${host + 3}:${container}-${container + 3}"`,
      `"${host}-${host + 3}:${container}"`,
      `"${container}-${container + 2}"`,
      `"0.0.0.0:${host}:${container}/tcp"`,
      `{target: ${container}, published: ${host}}`,
      `{target: ${container}, published: "\${NONE:-${host}}", host_ip: 127.0.0.1, protocol: udp}`,
      `{target: ${container}}`,
      `{target: ${container}, published: "${host}-${host + 2}", mode: host}`,
    );
  };
  const volume = (): string => {
    const target = `/t${below(4)}`;
    return pick(
      `./src:${target}`,
      `.:${target}:ro`,
      `../up:${target}`,
      `/abs:${target}:rw,z`,
      `data:${target}`,
      target,
      `"\${NONE:-./other}:${target}"`,
      `~/home:${target}`,
      `{type: bind, source: ./long, target: ${target}}`,
      `{type: volume, source: data, target: ${target}}`,
      `{type: tmpfs, target: ${target}}`,
    );
  };
  const value = (): string =>
    pick(
      '1',
      'true',
      '1.5',
      '1.0',
      '~',
      'text',
      `"${word()}"`,
      '"8080"',
      'yes',
      "'quo''ted'",
      '0x1F',
      '""',
      '017',
      'null',
    );
  const list = (items: readonly string[]): string => `[${items.join(', ')}]`;
  const many = (make: () => string, most: number): readonly string[] =>
    Array.from({ length: 1 + below(most) }, make);

  const names = ['app', 'db', 'queue', 'job'].slice(0, 2 + below(3));
  const body = (
    name: string,
    others: readonly string[],
    indent: string,
    whole: boolean,
  ): readonly string[] => {
    const lines: string[] = [];
    const add = (line: string): void => void lines.push(indent + line);
    const built = often(0.4);
    if (built && (whole || often(0.3)))
      add(
        pick(
          'build: .',
          'build: ./${NONE:-folder}',
          'build: {context: ../up, dockerfile: Other}',
          'build: {dockerfile: docker/File}',
          'build: {context: ., args: {A: 1}}',
        ),
      );
    if ((whole && !built) || often(0.2)) add(`image: "name:${tag()}"`);
    if (often(0.15)) add(`container_name: ${name}-${below(100)}-fixed`);
    if (often(0.6)) add(`ports: ${list([...new Set(many(port, 4))])}`);
    if (often(0.5)) add(`volumes: ${list(uniqueTargets(many(volume, 3)))}`);
    if (often(0.5)) {
      const keys = some(['A', 'B', 'TAG', 'EMPTY', 'NONE'], 0.6);
      if (often(0.5)) add(`environment: {${keys.map((key) => `${key}: ${value()}`).join(', ')}}`);
      else add(`environment: ${list(keys.map((key) => `"${often(0.3) ? key : `${key}=${word()}`}"`))}`);
    }
    const needed = some(others);
    if (needed.length > 0 && often(0.7))
      add(
        often(0.5)
          ? `depends_on: ${list(needed)}`
          : `depends_on: {${needed.map((one) => `${one}: {condition: ${pick('service_started', 'service_healthy', 'service_completed_successfully')}}`).join(', ')}}`,
      );
    else if (needed.length > 0 && often(0.4))
      add(`links: ${list(needed.map((one) => (often(0.5) ? one : `"${one}:alias"`)))}`);
    if (often(0.3)) add(`profiles: ${list([...new Set(many(() => pick('one', 'two', '"${TAG}"'), 2))])}`);
    if (often(0.4))
      add(
        pick(
          'healthcheck: {test: curl localhost}',
          'healthcheck: {test: ["CMD", "true"], interval: 3s}',
          'healthcheck: {disable: true}',
          'healthcheck: {test: [NONE]}',
        ),
      );
    if (often(0.2)) add(`env_file: ${pick('own.env', './own.env', '[own.env]')}`);
    if (often(0.2)) add('secrets: [token]');
    if (often(0.2)) add('configs: [{source: settings, target: /settings}]');
    if (often(0.3)) add(pick('restart: always', 'command: [a, "$$b"]', 'labels: {a: b}', 'x-any: {a: [1]}'));
    if (lines.length === 0) add('restart: "no"');
    return lines;
  };

  const extending = often(0.4);
  const including = often(0.3);
  const anchored = often(0.4);
  const main: string[] = [];
  if (anchored)
    main.push('x-shared: &shared', '  restart: always', `  environment: &env {SHARED: ${value()}, B: base}`);
  if (often(0.3)) main.push('version: "3.8"');
  if (often(0.2)) main.push('name: given-name');
  if (including)
    main.push(
      pick(
        'include: [inc/compose.yaml]',
        'include: [{path: ./inc/compose.yaml}]',
        'include: [{path: [inc/compose.yaml], project_directory: ., env_file: inc/other.env}]',
      ),
    );
  main.push('services:');
  names.forEach((name, at) => {
    main.push(`  ${name}:`);
    if (anchored && often(0.5)) main.push('    <<: *shared');
    if (extending && often(0.4)) main.push('    extends: {file: shared/common.yaml, service: base}');
    else if (at > 0 && often(0.15)) main.push(`    extends: {service: ${names[0] ?? ''}}`);
    main.push(...body(name, names.slice(0, at), '    ', true));
  });
  const tail = [
    'volumes:',
    '  data:',
    'secrets: {token: {file: ./token.txt}}',
    'configs: {settings: {file: ../up/settings}}',
  ];
  main.push(...tail);

  const over = ['services:'];
  names.forEach((name, at) => {
    if (often(0.3)) return;
    over.push(`  ${name}:`, ...body(name, names.slice(0, at), '    ', false));
    const said = (key: string): boolean =>
      over.slice(over.lastIndexOf(`  ${name}:`)).some((line) => line.trim().startsWith(`${key}:`));
    for (const key of typed)
      if (often(0.1) && !said(key))
        over.push(`    ${key}: ${pick('!reset null', '!reset []', replacement[key])}`);
  });
  if (over.length === 1) over.push(`  ${names[0] ?? ''}: {restart: always}`);

  return {
    'project/compose.yaml': main.join('\n') + '\n',
    ...(often(0.6) ? { 'project/compose.override.yaml': over.join('\n') + '\n' } : {}),
    'project/.env': `TAG=${pick('dotenv', '"quoted"', "'single'", 'a # comment')}\nEMPTY=\nexport NUMBER=${7000 + below(100)}\nREF=\${TAG}x\n`,
    'project/own.env': 'IN_FILE=1\n',
    'project/shared/common.yaml':
      ['services:', '  base:', ...body('base', [], '    ', true), ...tail].join('\n') + '\n',
    'project/shared/own.env': 'IN_FILE=1\n',
    'project/inc/own.env': 'IN_FILE=1\n',
    'project/inc/other.env': 'TAG=other\n',
    'project/inc/.env': 'TAG=included\n',
    'project/inc/compose.yaml':
      [
        'services:',
        '  included:',
        ...body('included', [], '    ', true).map((line) =>
          line.replace('[token]', '[token2]').replace('settings,', 'settings2,'),
        ),
        'volumes: {data: }',
        'secrets: {token2: {file: ../token.txt}}',
        'configs: {settings2: {file: ../../up/settings}}',
      ].join('\n') + '\n',
  };
}

/** Compose takes two volumes on one target for a mistake, inside one list. */
function uniqueTargets(volumes: readonly string[]): readonly string[] {
  const targets = new Map(volumes.map((text) => [/\/t\d/.exec(text)?.[0] ?? text, text]));
  return [...targets.values()].map((text) => (text.startsWith('{') ? text : `"${text.replaceAll('"', '')}"`));
}
