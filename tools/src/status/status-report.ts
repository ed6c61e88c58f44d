import type { EngineContainer } from '../compose/index.ts';

/** What a container uses now. */
export interface ContainerUse {
  /** Per cent of one core. */
  readonly cpu: number;
  /** Bytes. */
  readonly memory: number;
  readonly memoryLimit: number;
}

/** One container of the platform. */
export interface StatusRow {
  readonly project: string;
  readonly environment: string;
  readonly service: string;
  readonly container: string;
  readonly id: string;
  readonly state: EngineContainer['state'];
  readonly health: EngineContainer['health'];
  readonly exitCode: number;
  /** How often the engine started it again by itself. */
  readonly restarts: number;
  /** As a person would open them: `localhost:8080->80`. */
  readonly ports: readonly string[];
  /** Names under which a reverse proxy serves it. */
  readonly hosts: readonly string[];
  /** Milliseconds since it was started; since it was made where it never was. */
  readonly age: number;
  /** Absent while it does not run, and where it was not asked for. */
  readonly use?: ContainerUse | undefined;
}

/** All containers of a platform, and which of its environments have none. */
export interface StatusReport {
  readonly containers: readonly StatusRow[];
  readonly down: readonly { readonly project: string; readonly environment: string }[];
  /** Compose projects of the same name that another checkout brought up. */
  readonly elsewhere: readonly { readonly composeProject: string; readonly folder: string }[];
}
