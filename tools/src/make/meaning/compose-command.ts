/** What a command line asks of Compose, as written. */
export interface ComposeCommand {
  readonly files: readonly string[];
  readonly projectDirectory?: string;
  readonly project?: string;
  readonly profiles: readonly string[];
  /** `up`, `exec` ... */
  readonly subcommand: string;
  /** Those that it is for; none: all of them. */
  readonly services: readonly string[];
  /** It goes on until somebody stops it: `up` in the foreground, a shell in a container. */
  readonly endless: boolean;
}

/** Options before the subcommand that take a value. */
const globalValues = new Set([
  ...['-f', '--file', '-p', '--project-name', '--project-directory', '--env-file', '--profile'],
  ...['--parallel', '--progress', '--ansi', '-c', '--context', '-H', '--host', '--log-level'],
  ...['--tlscacert', '--tlscert', '--tlskey'],
]);

/** Options of the subcommands that take a value; those of each are all the same where two have one. */
const values = new Set([
  ...[
    '-t',
    '--timeout',
    '--scale',
    '--wait-timeout',
    '--pull',
    '--exit-code-from',
    '--attach',
    '--no-attach',
  ],
  ...['-e', '--env', '-u', '--user', '-w', '--workdir', '--index', '--name', '-v', '--volume', '-p'],
  ...['--publish', '-l', '--label', '--entrypoint', '--cap-add', '--cap-drop', '--rmi', '--build-arg'],
  ...['-m', '--memory', '--ssh', '--progress', '--builder', '-n', '--tail', '--since', '--until', '-s'],
  ...['--signal', '--format', '--filter', '--status', '-c', '--cpus'],
]);

/** The rest of their words is a command for a container. */
const oneService = new Set(['exec', 'run', 'port', 'attach']);

/** Reads a command that is Compose: `docker compose`, `docker-compose`, or podman's. Undefined for any other. */
export function readComposeCommand(words: readonly string[]): ComposeCommand | undefined {
  const rest = withoutProgram(words);
  if (rest === undefined) return undefined;
  const given = new Map<string, string[]>();
  for (let word = rest[0]; word?.startsWith('-') === true; word = rest[0]) {
    rest.shift();
    const { option, attached } = splitOption(word);
    if (!globalValues.has(option)) continue;
    const value = attached ?? rest.shift() ?? '';
    given.set(option, [...(given.get(option) ?? []), value]);
  }
  const [subcommand, ...others] = rest;
  if (subcommand === undefined) return undefined;
  const all = (...names: readonly string[]): string[] => names.flatMap((name) => given.get(name) ?? []);
  const projectDirectory = all('--project-directory').at(-1);
  const project = all('-p', '--project-name').at(-1);
  return {
    files: all('-f', '--file'),
    ...(projectDirectory === undefined ? {} : { projectDirectory }),
    ...(project === undefined ? {} : { project }),
    profiles: all('--profile'),
    subcommand,
    services: servicesOf(subcommand, others),
    endless: isEndless(subcommand, others),
  };
}

/** `-fNAME` and `--file=NAME` are written in one word. */
function splitOption(word: string): { readonly option: string; readonly attached?: string } {
  const [, option, attached] = /^(--[\w-]+)=(.*)$/s.exec(word) ?? /^(-[fp])([^-].*)$/s.exec(word) ?? [];
  return option === undefined || attached === undefined ? { option: word } : { option, attached };
}

/** The words behind the name of the program; undefined where it is another one. */
function withoutProgram(words: readonly string[]): string[] | undefined {
  const rest = [...words];
  const program = rest.shift()?.replace(/^.*\//, '');
  if (program === 'docker-compose' || program === 'podman-compose') return rest;
  if (program !== 'docker' && program !== 'podman') return undefined;
  while (rest[0]?.startsWith('-') === true) {
    const option = rest.shift() ?? '';
    if (/^(?:-H|-c|-l|--host|--context|--log-level|--config|--connection|--url)$/.test(option)) rest.shift();
  }
  return rest.shift() === 'compose' ? rest : undefined;
}

/** They make `up` end by itself. */
const ending = /^(?:--detach|--wait|--no-start|--abort-on-container-\w+|--exit-code-from|-\w*d\w*)(?:=|$)/;
const shell = /^(?:\/(?:usr\/)?bin\/)?(?:ba|z|da|a|k)?sh$|^(?:psql|mysql|mariadb|redis-cli|mongosh?)$/;

function isEndless(subcommand: string, words: readonly string[]): boolean {
  if (subcommand === 'up') return !words.some((word) => ending.test(word));
  if (subcommand === 'exec' || subcommand === 'run') return shell.test(words.at(-1) ?? '');
  return subcommand === 'watch' || subcommand === 'attach';
}

function servicesOf(subcommand: string, words: readonly string[]): string[] {
  const services: string[] = [];
  const rest = [...words];
  for (let word = rest.shift(); word !== undefined; word = rest.shift()) {
    if (/^\d*[<>]/.test(word)) break;
    if (word.startsWith('-')) {
      if (values.has(word)) rest.shift();
      continue;
    }
    services.push(word);
    if (oneService.has(subcommand)) break;
  }
  return services;
}
