/** A command to be run in a container. */
export interface ExecCommand {
  /** The program and its arguments, as they are: no shell reads them. */
  readonly command: readonly [string, ...string[]];
  /** In the container; that of its image by default. */
  readonly workingFolder?: string;
  /** `name`, `uid` or `uid:gid`; that of the container by default. */
  readonly user?: string;
  /** Set for the command. Values are kept out of the arguments of programs, which every user of the machine can read. */
  readonly variables?: Readonly<Record<string, string>>;
  /** Gives the command our standard input; with a terminal when ours and our output are one. */
  readonly terminal?: boolean;
  /** Milliseconds after which the command is ended, in the container too. */
  readonly timeout?: number;
}

/** The variable that marks a command and all that it starts, so that they are found in the container again. */
export const markerVariable = 'SWITCHYARD_EXEC';

/** Variables that mean something to the client itself: given to it, they would change what it does. */
const ofTheClient =
  /^(?:PATH|HOME|TMPDIR|LD_.*|GODEBUG|(?:DOCKER|COMPOSE|BUILDX|BUILDKIT|SSH|XDG|CONTAINERS?)_.*|.*_PROXY)$/i;

/** How a client is told of a command: options for its arguments, variables for its environment. */
export interface ExecArguments {
  readonly options: readonly string[];
  readonly environment: Readonly<Record<string, string>>;
}

/** The options that `docker exec` and `compose run` have in common. */
export function execArguments(command: ExecCommand): ExecArguments {
  const { workingFolder, user, variables = {} } = command;
  const given = Object.entries(variables);
  // Compose v1 knows no `--env`, and takes it for another option.
  const options = [
    ...(workingFolder === undefined ? [] : ['--workdir', workingFolder]),
    ...(user === undefined ? [] : ['--user', user]),
    ...given.flatMap(([name, value]) => ['-e', ofTheClient.test(name) ? `${name}=${value}` : name]),
  ];
  return { options, environment: Object.fromEntries(given.filter(([name]) => !ofTheClient.test(name))) };
}

/** Whether a command that wants a terminal gets one: when our input and our output are one. */
export function hasTerminal(command: Pick<ExecCommand, 'terminal'>): boolean {
  return command.terminal === true && process.stdin.isTTY && process.stdout.isTTY;
}
