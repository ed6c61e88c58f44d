import { dirname, join } from 'node:path';

/** What the environment of a fixture is made of. */
export interface EnvironmentParts {
  /** An empty folder that only this fixture has: Nx keeps its cache there. */
  readonly home: string;
  /** The registry that npm is to use. */
  readonly registry: string;
  /** The folder of npm's cache and of Nx's unpacked binaries, shared between fixtures because only speed depends on it. */
  readonly shared: string;
  /** Folders that come first on PATH. */
  readonly programs?: readonly string[];
}

/** The whole environment of a fixture: nothing of the user's settings, credentials or npm configuration is in it. */
export function fixtureEnvironment({
  home,
  registry,
  shared,
  programs = [],
}: EnvironmentParts): Record<string, string> {
  const path = [...programs, dirname(process.execPath), '/usr/local/bin', '/usr/bin', '/bin'];
  return {
    PATH: path.join(':'),
    HOME: home,
    LANG: 'C.UTF-8',
    NO_COLOR: '1',
    CI: '1',
    NX_DAEMON: 'false',
    NX_TUI: 'false',
    NX_NO_CLOUD: 'true',
    NX_NATIVE_FILE_CACHE_DIRECTORY: join(shared, 'nx-native'),
    npm_config_registry: registry,
    npm_config_cache: join(shared, 'npm'),
    npm_config_audit: 'false',
    npm_config_fund: 'false',
    npm_config_update_notifier: 'false',
    npm_config_replace_registry_host: 'always',
    GIT_CONFIG_NOSYSTEM: '1',
    GIT_AUTHOR_NAME: 'Rig',
    GIT_AUTHOR_EMAIL: 'rig@example.com',
    GIT_COMMITTER_NAME: 'Rig',
    GIT_COMMITTER_EMAIL: 'rig@example.com',
  };
}
