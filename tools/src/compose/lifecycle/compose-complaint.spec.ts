import { describe, expect, it } from 'vitest';
import { readComplaint, type ComposeComplaint } from './compose-complaint.ts';

/** What the implementations write, as they wrote it. */
const cases: readonly (readonly [string, number, string, ComposeComplaint])[] = [
  [
    'v2, a key that does not exist',
    15,
    'validating /w/compose.yaml: services.web Additional property imagee is not allowed',
    {
      kind: 'invalid-file',
      file: '/w/compose.yaml',
      detail: 'services.web Additional property imagee is not allowed',
    },
  ],
  [
    'v2, broken YAML',
    15,
    'yaml: line 1: did not find expected key',
    { kind: 'invalid-file', detail: 'yaml: line 1: did not find expected key' },
  ],
  [
    'v2, a network that the file does not have',
    15,
    'service "web" refers to undefined network nope: invalid compose project',
    { kind: 'invalid-file', detail: 'service "web" refers to undefined network nope' },
  ],
  [
    'v1, a key that does not exist',
    1,
    "The Compose file './compose.yaml' is invalid because:\nUnsupported config option for services.web: 'imagee'",
    {
      kind: 'invalid-file',
      file: './compose.yaml',
      detail: "Unsupported config option for services.web: 'imagee'",
    },
  ],
  [
    'v1, broken YAML',
    1,
    'Traceback (most recent call last):\n  File "x.py", line 1\nyaml.parser.ParserError: while parsing a block mapping\n  in "./compose.yaml", line 2, column 3',
    { kind: 'invalid-file', detail: 'while parsing a block mapping, in "./compose.yaml", line 2, column 3' },
  ],
  [
    'v1, a circle',
    1,
    'Circular dependency between b and a',
    { kind: 'invalid-file', detail: 'Circular dependency between b and a' },
  ],
  [
    'v1, a top-level name',
    1,
    "The Compose file './compose.yaml' is invalid because:\n'name' does not match any of the regexes: '^x-'\n\nYou might be",
    { kind: 'name-unsupported' },
  ],
  [
    'v2, a variable that has to be set',
    15,
    'error while interpolating services.web.command.[]: required variable MUST is missing a value: set it',
    { kind: 'variable-missing', variable: 'MUST', detail: 'set it' },
  ],
  [
    'v1, a variable that has to be set',
    1,
    'Missing mandatory value for "command" option interpolating [\'echo\', \'${MUST:?set it}\'] in service "web": set it',
    { kind: 'variable-missing', variable: 'MUST', detail: 'set it' },
  ],
  [
    'v2, no env file',
    14,
    'env file /w/.env.dev not found: stat /w/.env.dev: no such file or directory',
    { kind: 'env-file-missing', file: '/w/.env.dev' },
  ],
  [
    'v1, no env file',
    1,
    "Couldn't find env file: /w/.env.dev",
    { kind: 'env-file-missing', file: '/w/.env.dev' },
  ],
  [
    'Docker 20, a port',
    1,
    'Error response from daemon: driver failed programming external connectivity on endpoint p-web-1 (d6): Bind for 127.0.0.1:38080 failed: port is already allocated',
    { kind: 'port-taken', port: 38080 },
  ],
  [
    'Docker 20, a port that a program has',
    1,
    'Error starting userland proxy: listen tcp4 0.0.0.0:5432: bind: address already in use',
    { kind: 'port-taken', port: 5432 },
  ],
  [
    'Docker 28, a port',
    1,
    'failed to set up container networking: driver failed programming external connectivity on endpoint x (1): failed to bind host port for 0.0.0.0:5432:172.18.0.2:5432/tcp: address already in use',
    { kind: 'port-taken', port: 5432 },
  ],
  [
    'Docker Desktop, a port',
    1,
    'Error response from daemon: ports are not available: exposing port TCP 0.0.0.0:5432 -> 0.0.0.0:0: listen tcp 0.0.0.0:5432: bind: address already in use',
    { kind: 'port-taken', port: 5432 },
  ],
  [
    'podman, a port',
    126,
    'Error: unable to start container "x": rootlessport listen tcp 0.0.0.0:8080: bind: address already in use',
    { kind: 'port-taken', port: 8080 },
  ],
  [
    'a container name',
    1,
    'Error response from daemon: Conflict. The container name "/db" is already in use by container "5256aeaf". You have to remove (or rename) that container.',
    { kind: 'name-taken', container: 'db', holder: '5256aeaf' },
  ],
  [
    'v2, a network',
    1,
    'Error response from daemon: network proxy not found',
    { kind: 'network-missing', network: 'proxy' },
  ],
  [
    'v1, a network',
    1,
    'Network proxy declared as external, but could not be found. Please create the network manually',
    { kind: 'network-missing', network: 'proxy' },
  ],
  ['v2, a volume', 1, 'external volume "data" not found', { kind: 'volume-missing', volume: 'data' }],
  [
    'v1, a volume',
    1,
    'Volume data declared as external, but could not be found.',
    { kind: 'volume-missing', volume: 'data' },
  ],
  ['v1, a service', 1, 'No such service: nope', { kind: 'no-service', service: 'nope' }],
  [
    'v2, an image',
    18,
    ' web Pulling \n web Error Get "https://r/v2/": dial tcp: no such host\nError response from daemon: Get "https://r/v2/": dial tcp: no such host',
    { kind: 'image-missing', service: 'web', detail: 'Get "https://r/v2/": dial tcp: no such host' },
  ],
  [
    'v1, an image',
    1,
    'Pulling web (acme/web:1)...\npull access denied for acme/web, repository does not exist',
    {
      kind: 'image-missing',
      service: 'web',
      image: 'acme/web:1',
      detail: 'pull access denied for acme/web, repository does not exist',
    },
  ],
  [
    'v2, a build',
    17,
    '#5 ERROR: executor failed\n------\n > [web 2/2] RUN false:\n0.1 boom\n------\nfailed to solve: exit code: 1',
    {
      kind: 'build-failed',
      service: 'web',
      detail: ' > [web 2/2] RUN false:\n0.1 boom\nfailed to solve: exit code: 1',
    },
  ],
  [
    'v1, a build',
    1,
    "ERROR: failed to solve: exit code: 3\nService 'web' failed to build : Build failed",
    { kind: 'build-failed', service: 'web', detail: "Service 'web' failed to build : Build failed" },
  ],
  [
    'a full disk',
    1,
    'Error response from daemon: mkdir /var/lib/x: no space left on device',
    { kind: 'no-space' },
  ],
  ['an engine that went away', 1, 'error during connect: Post "http://x": EOF', { kind: 'engine-gone' }],
  ['anything else', 1, 'a surprise', { kind: 'unknown' }],
];

describe('readComplaint', () => {
  it.each(cases)('understands %s', (_, code, stderr, complaint) => {
    expect(readComplaint(code, stderr)).toEqual(complaint);
  });
});
