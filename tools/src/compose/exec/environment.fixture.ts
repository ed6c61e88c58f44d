import type { ComposeService, NamedEnvironment } from '../environment.ts';

/** A service of which only some things are said. */
export function createService(name: string, said: Partial<ComposeService> = {}): ComposeService {
  return {
    name,
    ports: [],
    dependsOn: [],
    oneShot: false,
    hasHealthcheck: false,
    envFiles: [],
    mounts: [],
    profiles: [],
    environment: {},
    ...said,
  };
}

/** The environment `dev` of the project `api`. */
export function createEnvironment(
  services: readonly ComposeService[],
  said: Partial<NamedEnvironment> = {},
): NamedEnvironment {
  return {
    name: 'dev',
    folder: '/nowhere',
    files: ['/nowhere/compose.yaml'],
    services,
    externalNetworks: [],
    volumes: [],
    problems: [],
    project: 'api',
    composeProject: 'api-dev',
    variables: {},
    ...said,
  };
}
