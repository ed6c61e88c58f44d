const app = 'services: {app: {image: app}}';

/** The same for what services say. */
export const serviceCases: readonly (readonly [string, Readonly<Record<string, string>>])[] = [
  ['an undefined volume', { 'compose.yaml': 'services: {app: {image: x, volumes: ["data:/data"]}}\n' }],
  ['an undefined network', { 'compose.yaml': 'services: {app: {image: x, networks: [back]}}\n' }],
  ['an undefined secret', { 'compose.yaml': 'services: {app: {image: x, secrets: [key]}}\n' }],
  ['an undefined config', { 'compose.yaml': 'services: {app: {image: x, configs: [key]}}\n' }],
  ['waiting for what is not there', { 'compose.yaml': 'services: {app: {image: x, depends_on: [db]}}\n' }],
  [
    'waiting for what may be missing',
    {
      'compose.yaml':
        'services: {app: {image: x, depends_on: {db: {condition: service_started, required: false}}}}\n',
    },
  ],
  [
    'waiting for each other',
    { 'compose.yaml': 'services: {a: {image: x, depends_on: [b]}, b: {image: x, depends_on: [a]}}\n' },
  ],
  ['neither image nor build', { 'compose.yaml': 'services: {app: {ports: ["1:1"]}}\n' }],
  ['an image from an empty variable', { 'compose.yaml': 'services: {app: {image: "$NONE"}}\n' }],
  [
    'an IPv6 address without brackets',
    { 'compose.yaml': 'services: {app: {image: x, ports: ["::1:80:80"]}}\n' },
  ],
  ['ranges that differ in length', { 'compose.yaml': 'services: {app: {image: x, ports: ["1-3:1-2"]}}\n' }],
  ['a port that is a word', { 'compose.yaml': 'services: {app: {image: x, ports: ["web:80"]}}\n' }],
  ['a port that is too large', { 'compose.yaml': 'services: {app: {image: x, ports: ["70000:80"]}}\n' }],
  [
    'a port from an empty variable',
    { 'compose.yaml': 'services: {app: {image: x, ports: ["${NONE}:80"]}}\n' },
  ],
  ['an unknown protocol', { 'compose.yaml': 'services: {app: {image: x, ports: ["80:80/xyz"]}}\n' }],
  ['a port without target', { 'compose.yaml': 'services: {app: {image: x, ports: [{published: 80}]}}\n' }],
  [
    'the same port twice',
    { 'compose.yaml': 'services: {app: {image: x, ports: ["80:80", "80:80", "0.0.0.0:80:80"]}}\n' },
  ],
  ['ports that are no list', { 'compose.yaml': 'services: {app: {image: x, ports: "80:80"}}\n' }],
  ['no services', { 'compose.yaml': 'services:\n' }],
  ['services as a list', { 'compose.yaml': 'services: [app]\n' }],
  ['a service of nothing', { 'compose.yaml': 'services: {app: }\n' }],
  ['a service that is a word', { 'compose.yaml': 'services: {app: image}\n' }],
  ['a tab', { 'compose.yaml': 'services:\n\tapp: {image: x}\n' }],
  [
    'line ends of Windows',
    { 'compose.yaml': 'services:\r\n  app:\r\n    image: x\r\n    environment:\r\n      - A=1\r\n' },
  ],
  ['a byte order mark', { 'compose.yaml': `\uFEFF${app}\n` }],
  [
    'a list of variables',
    { 'compose.yaml': 'services: {app: {image: x, environment: ["A=b=c", B, "C=", "D=\\"q\\""]}}\n' },
  ],
  [
    'a list with numbers',
    {
      'compose.yaml':
        'services: {app: {image: x, environment: {A: 1e3, B: 0o17, C: .5, D: 1_000, E: 0b11, F: 12345678901234567890, G: -0, H: 1.10}}}\n',
    },
  ],
  [
    'words like booleans',
    {
      'compose.yaml':
        'services: {app: {image: x, environment: {A: yes, B: on, C: TRUE, D: "true", E: n, F: False}}}\n',
    },
  ],
  [
    'links and shared namespaces',
    {
      'compose.yaml':
        'services: {a: {image: x, links: ["b:other"], network_mode: "service:c", volumes_from: ["d:ro", "container:e"], ipc: "service:f"}, b: {image: x}, c: {image: x}, d: {image: x}, f: {image: x}}\n',
    },
  ],
  [
    'sharing the network',
    {
      'compose.yaml':
        'services: {a: {image: x, volumes_from: ["d:ro"], network_mode: "service:c", ipc: "service:f", pid: "service:f"}, c: {image: x}, d: {image: x}, f: {image: x}}\n',
    },
  ],
  [
    'a context elsewhere',
    {
      'compose.yaml':
        'services: {a: {build: .}, b: {image: x, build: ./b}, c: {build: {context: ./c, dockerfile: ../Dockerfile.c}}}\n',
    },
  ],
  [
    'a Dockerfile in the file',
    { 'compose.yaml': 'services: {a: {build: {context: ., dockerfile_inline: "FROM scratch"}}}\n' },
  ],
  ['a name with a variable', { 'compose.yaml': `name: "x-\${TAG:-y}"\n${app}\n` }],
  ['a name that has to be changed', { 'compose.yaml': `name: "My Shop!"\n${app}\n` }],
  [
    'an override',
    {
      'compose.yaml':
        'services: {app: {image: x, ports: ["80:80"], volumes: ["./a:/a", "./b:/b"], profiles: [one], environment: [A=1, B=1]}}\n',
      'compose.override.yaml':
        'services: {app: {image: y, ports: ["81:80"], volumes: ["./c:/a"], profiles: [two], environment: {B: 2, C: }}, new: {image: z}}\n',
    },
  ],
  [
    'an override of another spelling',
    { 'docker-compose.yml': app, 'docker-compose.override.yaml': 'services: {app: {image: y}}\n' },
  ],
  [
    'both spellings',
    {
      'docker-compose.yml': 'services: {old: {image: x}}\n',
      'compose.yaml': app,
      'docker-compose.override.yml': 'services: {old: {image: z}, app: {image: w}}\n',
    },
  ],
  [
    'a whole service reset',
    {
      'compose.yaml': 'services: {app: {image: x}, db: {image: y}}\n',
      'compose.override.yaml': 'services: {db: !reset null}\n',
    },
  ],
  [
    'a whole service overridden',
    {
      'compose.yaml': 'services: {app: {image: x, ports: ["1:1"]}}\n',
      'compose.override.yaml': 'services: {app: !override {image: y}}\n',
    },
  ],
  [
    'one variable reset',
    {
      'compose.yaml': 'services: {app: {image: x, environment: {A: 1, B: 2}}}\n',
      'compose.override.yaml': 'services: {app: {environment: {A: !reset null}}}\n',
    },
  ],
  ['numbers as keys', { 'compose.yaml': 'services: {1: {image: x}}\n' }],
  [
    'a healthcheck of another file',
    {
      'compose.yaml': 'services: {app: {image: x, healthcheck: {test: a}}}\n',
      'compose.override.yaml': 'services: {app: {healthcheck: {disable: true}}}\n',
    },
  ],
  [
    'a healthcheck with only an interval',
    { 'compose.yaml': 'services: {app: {image: x, healthcheck: {interval: 3s}}}\n' },
  ],
  ['a text that is no YAML', { 'compose.yaml': 'services: {app: {image: x}\n' }],
  ['the home folder', { 'compose.yaml': 'services: {app: {image: x, volumes: ["~/a:/a", "~:/b"]}}\n' }],
  [
    'long mounts',
    {
      'compose.yaml':
        'services: {app: {image: x, volumes: [{type: bind, source: ../x, target: /x, read_only: true}, {type: bind, source: "~/y", target: /y}, {type: volume, target: /z}]}}\n',
    },
  ],
  [
    'files that need not be there',
    { 'compose.yaml': 'services: {app: {image: x, env_file: [{path: none.env, required: false}]}}\n' },
  ],
];
