import fastify from 'fastify';
import type {
  FastifyError,
  FastifyInstance,
  FastifyReply,
  FastifyRequest,
  FastifyServerOptions,
} from 'fastify';
import { checkAccess } from './access.ts';
import type { Access } from './access.ts';
import { answerClientError } from './client-error.ts';
import { PROBLEM_TYPE, RequestProblem, createProblem } from './problem.ts';
import { addRoutes } from './routes.ts';
import { RunStoreError } from './run-store.ts';
import type { RunStore } from './run-store.ts';

/** What a server needs. */
export interface ServerOptions {
  readonly store: RunStore;
  readonly access: Access;
  /** The document that `GET /openapi.json` answers with. */
  readonly openapi: unknown;
  /** How long a client may take to send its request, or to read the answer, before it is cut off. */
  readonly requestSeconds: number;
  readonly logger: NonNullable<FastifyServerOptions['logger']>;
}

/** The api as a server that does not listen yet. Every error answer is problem+json. */
export const createServer = (options: ServerOptions): FastifyInstance => {
  const patience = Math.ceil(options.requestSeconds * 1000);
  // Node looks for late clients only every 30 seconds unless told.
  const interval = Math.min(patience, 1000);
  const server = fastify({
    logger: options.logger,
    requestTimeout: patience,
    // Late enough for a slow request to be answered with 408 first; this one hangs up on slow readers.
    connectionTimeout: patience + 2 * interval,
    http: { headersTimeout: patience, connectionsCheckingInterval: interval },
    clientErrorHandler: answerClientError,
    frameworkErrors: (error, request, reply) => {
      answerError(error, request, reply);
    },
  });
  server.addHook('onRequest', (request, _reply, done) => {
    checkAccess(options.access, request.headers);
    done();
  });
  server.setErrorHandler<FastifyError>(answerError);
  server.setNotFoundHandler((request, reply) =>
    sendProblem(
      reply,
      404,
      `${request.method} ${request.url} is not served; GET /openapi.json says what is.`,
    ),
  );
  addRoutes(server, options.store, options.openapi);
  return server;
};

function answerError(error: FastifyError, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  if (error instanceof RequestProblem) {
    if (error.status === 401) void reply.header('www-authenticate', 'Bearer');
    return sendProblem(reply, error.status, error.message);
  }
  if (error instanceof RunStoreError) {
    request.log.error({ err: error }, 'the store cannot be read');
    return sendProblem(reply, 503, error.message);
  }
  if (error.statusCode !== undefined && error.statusCode < 500) {
    return sendProblem(reply, error.statusCode, error.message);
  }
  request.log.error({ err: error }, 'a request failed');
  return sendProblem(reply, 500, 'The api failed on this request; its log says why.');
}

function sendProblem(reply: FastifyReply, status: number, detail: string): FastifyReply {
  return reply.code(status).type(PROBLEM_TYPE).send(createProblem(status, detail));
}
