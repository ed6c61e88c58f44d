import { join } from 'node:path';
import { z } from 'zod';
import { healthSchema, runListSchema, runSummarySchema, taskListSchema } from './answers.ts';
import { createServer } from './create-server.ts';
import { FolderRunStore } from './folder-run-store.ts';
import { PROBLEM_TYPE, problemSchema } from './problem.ts';
import { runIdSchema } from './run.ts';

const EXAMPLE = '20260302T092230007Z-4d5e6f';
const EXAMPLE_RUNS = join(import.meta.dirname, '../examples/runs');

interface Operation {
  readonly path: string;
  readonly summary: string;
  readonly schema: string;
  /** The request whose answer is the example in the document. */
  readonly example: string;
  readonly parameters: readonly object[];
  readonly problems: readonly string[];
}

/** Describes the api (OpenAPI 3.1). The examples are real answers over `examples/runs`: clients test against them. */
export const createOpenapi = async (): Promise<object> => {
  const operations = describeOperations();
  await using server = createServer({
    store: new FolderRunStore(EXAMPLE_RUNS),
    access: { kind: 'loopback' },
    openapi: {},
    requestSeconds: 10,
    logger: false,
  });
  const paths: Record<string, object> = {};
  for (const operation of operations) {
    const answer = await server.inject({ url: operation.example, headers: { host: 'localhost' } });
    paths[operation.path] = { get: describe(operation, answer.json()) };
  }
  return {
    openapi: '3.1.0',
    info: { title: 'Switchyard api', version: '0.1.0', description: 'What Switchyard ran.' },
    security: [{}, { token: [] }],
    paths,
    components: {
      schemas: describeSchemas(),
      responses: {
        Problem: {
          description: 'What went wrong, and what to do',
          content: { [PROBLEM_TYPE]: { schema: { $ref: '#/components/schemas/Problem' } } },
        },
      },
      securitySchemes: {
        token: { type: 'http', scheme: 'bearer', description: 'Needed where API_TOKEN is set' },
      },
    },
  };
};

function describeOperations(): Operation[] {
  const limit = { type: 'integer', minimum: 1, maximum: 100, default: 20 };
  const id = { name: 'id', in: 'path', required: true, schema: inline(runIdSchema) };
  const run = { parameters: [id], problems: ['400', '404', '500'] };
  return [
    {
      path: '/health',
      summary: 'How well the api and its store are, and which records are skipped',
      schema: 'Health',
      example: '/health',
      parameters: [],
      problems: ['503'],
    },
    {
      path: '/runs',
      summary: 'Runs, newest first; nextCursor is null on the last page, and only there',
      schema: 'RunList',
      example: '/runs?limit=2',
      parameters: [
        { name: 'limit', in: 'query', schema: limit },
        { name: 'cursor', in: 'query', schema: inline(runIdSchema) },
      ],
      problems: ['400', '503'],
    },
    { path: '/runs/{id}', summary: 'One run', schema: 'RunSummary', example: `/runs/${EXAMPLE}`, ...run },
    {
      path: '/runs/{id}/tasks',
      summary: 'The tasks of one run',
      schema: 'TaskList',
      example: `/runs/${EXAMPLE}/tasks`,
      ...run,
    },
  ];
}

function describe(operation: Operation, example: unknown): object {
  const schema = { $ref: `#/components/schemas/${operation.schema}` };
  const problems = ['401', '403', ...operation.problems].sort();
  return {
    summary: operation.summary,
    parameters: operation.parameters,
    responses: {
      200: { description: 'OK', content: { 'application/json': { schema, example } } },
      ...Object.fromEntries(problems.map((status) => [status, { $ref: '#/components/responses/Problem' }])),
    },
  };
}

function describeSchemas(): Record<string, object> {
  const named = {
    Health: healthSchema,
    RunList: runListSchema,
    RunSummary: runSummarySchema,
    TaskList: taskListSchema,
    Problem: problemSchema,
  };
  return Object.fromEntries(Object.entries(named).map(([name, schema]) => [name, inline(schema)]));
}

function inline(schema: z.ZodType): object {
  // The dialect is that of OpenAPI 3.1 already, and is not to be said again in each schema.
  return { ...z.toJSONSchema(schema, { io: 'input' }), $schema: undefined };
}
