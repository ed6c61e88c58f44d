import { join } from 'node:path';
import { z } from 'zod';

const seconds = (fallback: number) =>
  z
    .string()
    .regex(/^\d+(\.\d+)?$/, 'must be a number of seconds, such as 10 or 0.5')
    .transform(Number)
    .refine((value) => value > 0 && value <= 3600, 'must be more than 0 and at most 3600')
    .default(fallback);

/** Variables whose values are never shown. */
const SECRETS: ReadonlySet<string> = new Set(['API_TOKEN', 'DATABASE_URL']);

const environmentSchema = z.object({
  HOST: z.string().default('127.0.0.1'),
  PORT: z
    .string()
    .regex(/^\d{1,5}$/, 'must be a whole number from 0 to 65535')
    .transform(Number)
    .refine((port) => port <= 65_535, 'must be a whole number from 0 to 65535')
    .default(4310),
  API_TOKEN: z
    .string()
    .regex(/^[\w\-.~+/]+=*$/, 'may hold only letters, digits and -._~+/ (what a bearer token may)')
    .min(16, 'must have at least 16 characters')
    .optional(),
  DATABASE_URL: z
    .string()
    .refine(isDatabaseUrl, 'must look like postgres://user:password@host:5432/database')
    .optional(),
  RUNS_DIR: z.string().default(join(import.meta.dirname, '../../../.nx/switchyard/runs')),
  LOG_LEVEL: z
    .enum(['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'], {
      error: 'must be trace, debug, info, warn, error, fatal or silent',
    })
    .default('info'),
  REQUEST_SECONDS: seconds(10),
  SHUTDOWN_SECONDS: seconds(10),
});

/** What the environment asks of the api; empty variables count as not set. */
export type Configuration = z.infer<typeof environmentSchema>;

/** What reading the environment came to; each problem is one sentence that begins with the variable's name. */
export type ConfigurationOutcome =
  | { readonly kind: 'valid'; readonly configuration: Configuration }
  | { readonly kind: 'invalid'; readonly problems: readonly string[] };

/** Reads the configuration from `environment`. A host that others can reach is refused without a token. */
export const readConfiguration = (
  environment: Readonly<Record<string, string | undefined>>,
): ConfigurationOutcome => {
  const set = Object.fromEntries(Object.entries(environment).filter(([, value]) => value !== ''));
  const parsed = environmentSchema.safeParse(set);
  if (!parsed.success) {
    return { kind: 'invalid', problems: parsed.error.issues.map((issue) => describe(issue, set)) };
  }
  const { HOST, API_TOKEN } = parsed.data;
  if (!isLoopback(HOST) && API_TOKEN === undefined) {
    return {
      kind: 'invalid',
      problems: [`HOST is "${HOST}", which others can reach: set API_TOKEN too, or leave HOST at 127.0.0.1`],
    };
  }
  return { kind: 'valid', configuration: parsed.data };
};

/** What a program that works on the database alone has to know. */
export type DatabaseOutcome =
  | { readonly kind: 'valid'; readonly url: string; readonly runsDir: string }
  | { readonly kind: 'invalid'; readonly problems: readonly string[] };

/** Reads DATABASE_URL, which has to be set, and RUNS_DIR; what else is set does not matter. */
export const readDatabaseConfiguration = (
  environment: Readonly<Record<string, string | undefined>>,
): DatabaseOutcome => {
  const { DATABASE_URL = '', RUNS_DIR = '' } = environment;
  const outcome = readConfiguration({ DATABASE_URL, RUNS_DIR });
  if (outcome.kind === 'invalid') return outcome;
  const { DATABASE_URL: url, RUNS_DIR: runsDir } = outcome.configuration;
  return url === undefined
    ? { kind: 'invalid', problems: ['DATABASE_URL is not set; env/.env.example shows its form'] }
    : { kind: 'valid', url, runsDir };
};

/** Whether only programs on this machine can reach `host`. */
export const isLoopback = (host: string): boolean =>
  host === 'localhost' || host === '::1' || /^127(\.\d{1,3}){3}$/.test(host);

function describe(issue: z.core.$ZodIssue, set: Readonly<Record<string, string | undefined>>): string {
  const name = String(issue.path[0]);
  // A secret is not shown, not even a wrong one.
  return SECRETS.has(name)
    ? `${name} ${issue.message}`
    : `${name} ${issue.message}, but is "${set[name] ?? ''}"`;
}

function isDatabaseUrl(text: string): boolean {
  const url = URL.parse(text);
  return (
    url !== null && /^postgres(ql)?:$/.test(url.protocol) && url.hostname !== '' && url.pathname.length > 1
  );
}
