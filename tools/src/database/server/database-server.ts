import type { Engine, EngineContainer, NamedEnvironment } from '../../compose/index.ts';

/** Which environment and service a database belongs to. */
export interface DatabasePlace {
  readonly engine: Engine;
  readonly environment: NamedEnvironment;
  readonly service: string;
  readonly container: EngineContainer;
}

/** A database of a running PostgreSQL server, and how to reach it inside its container. */
export interface Database extends DatabasePlace {
  readonly name: string;
  readonly user: string;
  /** Empty where the server asks for none. */
  readonly password: string;
  /** As `server_version` says: `15.4`. */
  readonly version: string;
  /** `15`. */
  readonly major: number;
}

/** What messages call a database: `database app of api dev (postgres)`. */
export function describeDatabase({ name, environment, service }: Database): string {
  return `database ${name} of ${environment.project} ${environment.name} (${service})`;
}
