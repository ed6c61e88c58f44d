/** What can be asked of compose for an environment. */
export interface ComposeRequest {
  readonly command: 'up' | 'down' | 'restart' | 'build' | 'logs' | 'ps' | 'config' | 'pull';
  /** Only these; all without it. */
  readonly services: readonly string[];
  /** `up`: build images before. */
  readonly build: boolean;
  /** `down`: remove named volumes too. */
  readonly volumes: boolean;
  /** `logs`: go on until it is stopped. */
  readonly follow: boolean;
  /** `logs`: from when on: `10m`, or a time. */
  readonly since?: string;
  /** `logs`: so many lines of each container; `all`. */
  readonly tail?: string;
  /** Milliseconds: `down` and `restart` wait for so long before they kill; `up` for everything to be ready. */
  readonly timeout?: number;
}

/** The arguments for compose, after the project and its files. `up` and `down` do more than that. */
export function composePlan(request: ComposeRequest): readonly [string, ...string[]] {
  const { command, services, timeout } = request;
  const seconds = timeout === undefined ? [] : ['-t', String(Math.ceil(timeout / 1000))];
  switch (command) {
    case 'up':
      return ['up', '-d', ...(request.build ? ['--build'] : []), ...services];
    case 'down':
      return ['down', '--remove-orphans', ...(request.volumes ? ['--volumes'] : []), ...seconds];
    case 'restart':
      return ['restart', ...seconds, ...services];
    case 'logs':
      return [
        'logs',
        ...(request.follow ? ['--follow'] : []),
        ...(request.since === undefined ? [] : ['--since', request.since]),
        ...(request.tail === undefined ? [] : ['--tail', request.tail]),
        ...services,
      ];
    case 'build':
    case 'pull':
      return [command, ...services];
    case 'ps':
      return ['ps', ...services];
    case 'config':
      return ['config', '--quiet'];
  }
}
