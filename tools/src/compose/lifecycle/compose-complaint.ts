/** Why compose failed, as far as what it wrote tells. */
export type ComposeComplaint =
  | { readonly kind: 'name-unsupported' | 'no-space' | 'engine-gone' | 'permission-denied' | 'unknown' }
  | { readonly kind: 'invalid-file'; readonly file?: string; readonly detail: string }
  | { readonly kind: 'variable-missing'; readonly variable: string; readonly detail: string }
  | { readonly kind: 'env-file-missing'; readonly file: string }
  | {
      readonly kind: 'image-missing';
      readonly service?: string;
      readonly image?: string;
      readonly detail: string;
    }
  | { readonly kind: 'build-failed'; readonly service?: string; readonly detail: string }
  | { readonly kind: 'port-taken'; readonly port: number }
  | { readonly kind: 'name-taken'; readonly container: string; readonly holder: string }
  | { readonly kind: 'network-missing'; readonly network: string }
  | { readonly kind: 'volume-missing'; readonly volume: string }
  | { readonly kind: 'no-service'; readonly service: string };

/** The words that an engine or compose complains with. Those of Docker 20 to 28, Compose v1.29 and v2, podman 4 and 5. */
const words = {
  engineGone:
    /(?:cannot|couldn't) connect to (?:the )?(?:docker daemon|podman)|error during connect|connection (?:refused|reset by peer)|unexpected EOF|: EOF$|Connection aborted|RemoteDisconnected|broken pipe/im,
  permission:
    /permission denied while trying to connect|PermissionError.*connect|dial unix .* permission denied/i,
  space: /no space left on device/i,
  nameKey: /'name' does not match any of the regexes/,
  service: /^no such service: (\S+)/im,
  envFile: /^(?:env file (.+?) not found|couldn't find env file: (.+?)$)/im,
  port: /(?:bind for|listen (?:tcp|udp)[46]?|bind host port(?: for)?|exposing port (?:tcp|udp)) \S*?:(\d+)\b.*?(?:already allocated|already in use)/i,
  container: /container name "?\/?([^"\s]+)"? is already in use by (?:container )?"?(\w+)/i,
  network: /network (\S+) (?:declared as external, but could not be found|not found)/i,
  volume:
    /(?:external volume "([^"]+)" not found|volume (\S+) declared as external, but could not be found)/i,
  variable:
    /(?:required variable (\w+) is missing a value(?:: (.*))?$|missing mandatory value for .*\$\{(\w+):?\?[^}]*\}.*?: (.*)$)/im,
  v1Invalid: /^The Compose file '(.+?)' is invalid because:\n([^\n]+)/m,
  v1Yaml: /^yaml\.\S+Error: ([\s\S]+)$/m,
  v1Reference:
    /^(service "\S+" (?:uses an undefined|refers to undefined) .+|named volume .+|circular dependency .+)$/im,
  v1Build:
    /^(?:service '(\S+)' failed to build.*|build path (.+) either does not exist.*|cannot locate specified dockerfile.*)$/im,
  buildError: /^(?:error: )?(?:failed to solve|unable to prepare context|.* failed to build)/im,
  pullError:
    /(?:pull access denied|manifest (?:unknown|for .* not found)|error pulling image|repository does not exist|not found: manifest|no such image|dial tcp|unauthorized:|toomanyrequests|failed to resolve reference|i\/o timeout|TLS handshake)/i,
  pulling: /^ ?(\S+) (?:Error|Pulling) |^Pulling (\S+) \(([^)]+)\)/m,
};

/** Exit codes of Compose v2: of its package `pkg/compose/errors`. */
const exitCodes = { envFile: 14, invalid: 15, build: 17, pull: 18 };

/**
 * Reads why compose failed from its exit code and what it wrote on standard error; builds tell of their steps on standard
 * output.
 */
export function readComplaint(code: number, stderr: string, stdout = ''): ComposeComplaint {
  // What a build or an image writes may hold any words: the reason stands at the end.
  const end = stderr.trimEnd().split('\n').slice(-12).join('\n');
  if (words.permission.test(end)) return { kind: 'permission-denied' };
  if (words.space.test(end)) return { kind: 'no-space' };
  return (
    fileComplaint(code, stderr) ?? engineComplaint(end) ?? supplyComplaint(code, stderr, `${stdout}\n${end}`)
  );
}

function fileComplaint(code: number, stderr: string): ComposeComplaint | undefined {
  const envFile = words.envFile.exec(stderr);
  const path = envFile?.[1] ?? envFile?.[2];
  if (path !== undefined) return { kind: 'env-file-missing', file: path };
  if (stderr.includes("'name' does not match any of the regexes")) return { kind: 'name-unsupported' };
  const variable = words.variable.exec(stderr);
  const name = variable?.[1] ?? variable?.[3];
  if (name !== undefined)
    return { kind: 'variable-missing', variable: name, detail: variable?.[2] ?? variable?.[4] ?? '' };
  if (code === exitCodes.invalid) {
    const said = lastLine(stderr).replace(/: invalid compose project$/, '');
    const [, file, detail = said] = /^(?:validating|parsing) (.+?\.\w+): (.*)$/.exec(said) ?? [];
    return { kind: 'invalid-file', ...(file === undefined ? {} : { file }), detail };
  }
  const [, file, detail] = words.v1Invalid.exec(stderr) ?? [];
  if (file !== undefined && detail !== undefined) return { kind: 'invalid-file', file, detail };
  const other = words.v1Yaml.exec(stderr)?.[1] ?? words.v1Reference.exec(stderr)?.[1];
  if (other === undefined) return undefined;
  return { kind: 'invalid-file', detail: other.trim().replaceAll(/\s*\n\s*/g, ', ') };
}

function engineComplaint(end: string): ComposeComplaint | undefined {
  const service = words.service.exec(end)?.[1];
  if (service !== undefined) return { kind: 'no-service', service };
  const port = words.port.exec(end)?.[1];
  if (port !== undefined) return { kind: 'port-taken', port: Number(port) };
  const [, container, holder] = words.container.exec(end) ?? [];
  if (container !== undefined && holder !== undefined) return { kind: 'name-taken', container, holder };
  const volume = words.volume.exec(end);
  const volumeName = volume?.[1] ?? volume?.[2];
  if (volumeName !== undefined) return { kind: 'volume-missing', volume: volumeName };
  const network = words.network.exec(end)?.[1];
  // An id: a network that was removed under its containers, and not one to be created by this name.
  if (network !== undefined && !/^[0-9a-f]{64}$/.test(network)) return { kind: 'network-missing', network };
  return undefined;
}

function supplyComplaint(code: number, stderr: string, all: string): ComposeComplaint {
  const end = all.trimEnd().split('\n').slice(-60).join('\n');
  const v1 = words.v1Build.exec(end);
  if (code === exitCodes.build || v1 !== null || words.buildError.test(end)) {
    const service = v1?.[1] ?? /> \[(\S+) (?:internal|.*?\d+\/\d+)\]/.exec(end)?.[1];
    return { kind: 'build-failed', ...(service === undefined ? {} : { service }), detail: buildDetail(end) };
  }
  const pulling = words.pulling.exec(stderr);
  if (code === exitCodes.pull || (pulling !== null && words.pullError.test(end))) {
    const failed = /^ ?(\S+) Error /m.exec(stderr)?.[1] ?? pulling?.[1] ?? pulling?.[2];
    const image = pulling?.[3];
    return {
      kind: 'image-missing',
      ...(failed === undefined ? {} : { service: failed }),
      ...(image === undefined ? {} : { image }),
      detail: lastLine(stderr).replace(/^Error response from daemon: /, ''),
    };
  }
  return { kind: words.engineGone.test(end) ? 'engine-gone' : 'unknown' };
}

/** The steps that failed are shown between dashed lines, with what they wrote. */
function buildDetail(end: string): string {
  const steps = [...end.matchAll(/^-{4,}\n([\s\S]*?)\n-{4,}$/gm)].at(-1)?.[1];
  const error = end.split('\n').findLast((line) => words.buildError.test(line)) ?? lastLine(end);
  return steps === undefined ? error : `${steps}\n${error}`;
}

function lastLine(text: string): string {
  return text.trimEnd().split('\n').at(-1)?.trim() ?? '';
}
