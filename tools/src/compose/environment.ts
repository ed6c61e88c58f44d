/** A port of a service that the host publishes. */
export interface PublishedPort {
  /** First and last port of the host; absent where the engine chooses. */
  readonly host?: { readonly first: number; readonly last: number };
  /** The variable that the host port was written with, as in `${API_PORT:-8080}:80`. */
  readonly variable?: string;
  /** As written; `0.0.0.0` where nothing is. */
  readonly address: string;
  readonly container: number;
  readonly protocol: 'tcp' | 'udp';
  /** Where it is written, relative to the workspace: `api/compose.yaml:12`. */
  readonly place?: string;
}

/** What Switchyard needs to know of a service; all paths are absolute. */
export interface ComposeService {
  readonly name: string;
  readonly image?: string;
  readonly build?: { readonly context: string; readonly dockerfile: string };
  readonly containerName?: string;
  readonly ports: readonly PublishedPort[];
  readonly dependsOn: readonly string[];
  /** Another service waits until it has completed: it is done when it has ended with 0. */
  readonly oneShot: boolean;
  readonly hasHealthcheck: boolean;
  readonly envFiles: readonly { readonly path: string; readonly required: boolean }[];
  /** Folders and files of the host that are mounted. */
  readonly mounts: readonly string[];
  readonly profiles: readonly string[];
  /** Names of the variables that are set for it. */
  readonly environment: Readonly<Record<string, string | null>>;
}

/** One way to run a project in containers: `dev`, `test`, `ci`. Read from its files alone; no engine is asked. */
export interface ComposeEnvironment {
  readonly name: string;
  /** Where commands run: the folder of the project. Absolute. */
  readonly folder: string;
  /** Absolute, in the order of `-f`. */
  readonly files: readonly string[];
  /**
   * Files of variables that compose is told of by `--env-file`, absolute, later ones winning: the `.env` beside the files and
   * then the environment's own, `env/.env.test`. Empty where it has none: then Compose finds its `.env` by itself.
   */
  readonly envFiles: readonly string[];
  /** What the files or `COMPOSE_PROJECT_NAME` in their `.env` call it; absent where Switchyard names it. */
  readonly declaredName?: string;
  readonly services: readonly ComposeService[];
  /** Networks that have to exist before. */
  readonly externalNetworks: readonly string[];
  /** Named volumes of the environment itself, without external ones. */
  readonly volumes: readonly string[];
  /** What could not be read or does not fit, each as one sentence with file and line. */
  readonly problems: readonly string[];
}

/** An environment under the name that the engine knows it by. */
export interface NamedEnvironment extends ComposeEnvironment {
  /** The Nx name of the project: `api`. */
  readonly project: string;
  /** The compose project: `api-dev`. */
  readonly composeProject: string;
  /** Variables that compose is to be run with, such as free host ports for this worktree. */
  readonly variables: Readonly<Record<string, string>>;
}
