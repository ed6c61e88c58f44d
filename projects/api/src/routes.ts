import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { reportHealth, summarizeRun } from './answers.ts';
import { RequestProblem } from './problem.ts';
import { runIdSchema } from './run.ts';
import type { Run } from './run.ts';
import type { RunStore } from './run-store.ts';

const LIMIT = 'must be a whole number from 1 to 100';

const listQuerySchema = z.strictObject({
  limit: z
    .string({ error: LIMIT })
    .regex(/^(100|[1-9]\d?)$/, LIMIT)
    .transform(Number)
    .default(20),
  cursor: runIdSchema.optional(),
});

const runParametersSchema = z.object({ id: runIdSchema });

/** Adds what the api serves; `openapi` is the description of just that. */
export const addRoutes = (server: FastifyInstance, store: RunStore, openapi: unknown): void => {
  server.get('/health', () => reportHealth(store));

  server.get('/runs', async (request) => {
    const { limit, cursor } = parse('query', listQuerySchema, request.query);
    const page = await store.list({ limit, ...(cursor !== undefined && { before: cursor }) });
    return { items: page.runs.map(summarizeRun), nextCursor: page.next };
  });

  server.get('/runs/:id', async (request) => summarizeRun(await findRun(store, request.params)));

  server.get('/runs/:id/tasks', async (request) => ({ items: (await findRun(store, request.params)).tasks }));

  server.get('/openapi.json', () => openapi);
};

async function findRun(store: RunStore, parameters: unknown): Promise<Run> {
  const { id } = parse('path', runParametersSchema, parameters);
  const outcome = await store.find(id);
  switch (outcome.kind) {
    case 'found':
      return outcome.run;
    case 'absent':
      throw new RequestProblem(404, `There is no run ${id}; GET /runs lists those there are.`);
    case 'broken':
      throw new RequestProblem(500, `The record of run ${id} ${outcome.problem}.`);
  }
}

function parse<Schema extends z.ZodType>(part: string, schema: Schema, value: unknown): z.infer<Schema> {
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  const problems = parsed.error.issues.map(({ path, message }) => [...path, message].join(' '));
  throw new RequestProblem(400, `The ${part} of the request cannot be used: ${problems.join('; ')}.`);
}
