import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { Server } from 'node:http';
import { join } from 'node:path';
import { promisify } from 'node:util';

import { runServer } from 'verdaccio';

/** A package registry on the loopback interface. */
export interface Registry extends AsyncDisposable {
  readonly url: string;
}

/** The registry that this machine is configured to use, for everything that is not ours. */
async function configuredRegistry(): Promise<string> {
  const { stdout } = await promisify(execFile)('npm', ['config', 'get', 'registry']);
  return stdout.trim();
}

/** Starts a registry that keeps our packages to itself and passes on, and caches, what others published. */
export async function startRegistry(folder: string): Promise<Registry> {
  const server: unknown = await runServer({
    storage: join(folder, 'storage'),
    configPath: join(folder, 'config.yaml'),
    self_path: join(folder, 'config.yaml'),
    web: { enable: false },
    auth: { htpasswd: { file: join(folder, 'htpasswd') } },
    uplinks: {
      configured: { url: await configuredRegistry(), maxage: '1d', timeout: '60s', max_fails: 100 },
    },
    packages: {
      '@switchyard/*': { access: '$all', publish: '$all' },
      '**': { access: '$all', proxy: 'configured' },
    },
    log: { type: 'stdout', format: 'pretty', level: 'error' },
  });
  if (!(server instanceof Server)) throw new TypeError('verdaccio gave no HTTP server.');
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new TypeError('verdaccio has no port.');
  return {
    url: `http://127.0.0.1:${address.port}`,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      const closed = once(server, 'close');
      server.close();
      await closed;
    },
  };
}
