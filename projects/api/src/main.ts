import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { readConfiguration } from './configuration.ts';
import type { Configuration } from './configuration.ts';
import { createServer } from './create-server.ts';
import { openRunStore } from './open-run-store.ts';

const outcome = readConfiguration(process.env);
if (outcome.kind === 'invalid') {
  for (const problem of outcome.problems) console.error(`api: ${problem}.`);
  console.error(
    'Set it in the environment or in projects/api/env/.env; env/.env.example lists all variables.',
  );
  process.exitCode = 2;
} else {
  await serve(outcome.configuration);
}

async function serve(configuration: Configuration): Promise<void> {
  const { HOST, PORT, API_TOKEN, LOG_LEVEL, REQUEST_SECONDS, SHUTDOWN_SECONDS } = configuration;
  const runs = openRunStore(configuration);
  const server = createServer({
    store: runs.store,
    access: API_TOKEN === undefined ? { kind: 'loopback' } : { kind: 'token', token: API_TOKEN },
    openapi: JSON.parse(await readFile(join(import.meta.dirname, '../openapi.json'), 'utf8')),
    requestSeconds: REQUEST_SECONDS,
    logger: { level: LOG_LEVEL },
  });
  server.addHook('onClose', () => runs.close());

  const stop = (signal: NodeJS.Signals): void => {
    server.log.info({ signal }, 'stopping');
    // Requests under way are finished; clients that hang are not waited for longer than this.
    setTimeout(() => {
      server.server.closeAllConnections();
    }, SHUTDOWN_SECONDS * 1000).unref();
    server.close().then(
      () => {
        server.log.info('stopped');
      },
      (error: unknown) => {
        server.log.error({ err: error }, 'stopping failed');
        process.exitCode = 1;
      },
    );
  };
  process.once('SIGTERM', stop).once('SIGINT', stop);

  try {
    const url = await server.listen({
      host: HOST,
      port: PORT,
      listenTextResolver: () => 'accepting connections',
    });
    server.log.info({ url, ...runs.place }, 'listening');
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    console.error(`api: cannot listen on HOST ${HOST}, PORT ${PORT}: ${reason}.`);
    console.error('Stop what uses the port, or set another PORT (0 picks a free one).');
    process.exitCode = 1;
    await server.close();
  }
}
