import { dirname, resolve } from 'node:path';
import { z } from 'zod';
import { runProgram } from '../../process/index.ts';
import type { ComposeService } from '../environment.ts';

/** A service in the words that our reading and Compose's own have in common. */
export interface PlainService {
  readonly image: string | undefined;
  readonly build: string | undefined;
  readonly containerName: string | undefined;
  readonly ports: readonly string[];
  readonly dependsOn: readonly string[];
  readonly mounts: readonly string[];
  readonly profiles: readonly string[];
  readonly environment: Readonly<Record<string, string | null>>;
  readonly hasHealthcheck: boolean;
}

const dependencies = z.record(z.string(), z.unknown());
const printed = z.object({
  name: z.string(),
  services: z.record(
    z.string(),
    z.object({
      image: z.string().optional(),
      build: z.object({ context: z.string(), dockerfile: z.string().optional() }).optional(),
      container_name: z.string().optional(),
      ports: z
        .array(
          z.object({
            host_ip: z.string().optional(),
            target: z.number(),
            published: z.string().optional(),
            protocol: z.string(),
          }),
        )
        .optional(),
      depends_on: dependencies.optional(),
      volumes: z.array(z.object({ type: z.string(), source: z.string().optional() })).optional(),
      configs: z.array(z.object({ source: z.string() })).nullish(),
      secrets: z.array(z.object({ source: z.string() })).nullish(),
      profiles: z.array(z.string()).optional(),
      environment: z.record(z.string(), z.string().nullable()).nullish(),
      healthcheck: z
        .object({ disable: z.boolean().optional(), test: z.array(z.string()).optional() })
        .optional(),
    }),
  ),
  configs: z.record(z.string(), z.object({ file: z.string().optional() })).optional(),
  secrets: z.record(z.string(), z.object({ file: z.string().optional() })).optional(),
});

/** What `docker compose config` says of files; or why it takes them for wrong. */
export type ComposeAnswer =
  | {
      readonly kind: 'read';
      readonly name: string;
      readonly services: Readonly<Record<string, PlainService>>;
    }
  | { readonly kind: 'rejected'; readonly message: string };

/** Asks Compose v2 how it reads files. It needs no engine. */
export async function composeConfig(
  folder: string,
  files: readonly string[],
  environment: Readonly<Record<string, string>> = {},
): Promise<ComposeAnswer> {
  const outcome = await runProgram({
    file: 'docker',
    args: [
      'compose',
      ...files.flatMap((file) => ['-f', file]),
      '--profile',
      '*',
      'config',
      '--format',
      'json',
    ],
    cwd: folder,
    environment: { PATH: process.env['PATH'], HOME: process.env['HOME'], ...environment },
  });
  if (outcome.kind !== 'exited') throw new Error(`docker compose config ended by ${outcome.kind}`);
  if (outcome.code !== 0) return { kind: 'rejected', message: outcome.stderr };
  const found = printed.parse(JSON.parse(outcome.stdout));
  const fileOf = (section: 'configs' | 'secrets', name: string): readonly string[] =>
    [found[section]?.[name]?.file ?? ''].filter(Boolean);
  const services = Object.entries(found.services).map(([name, service]): [string, PlainService] => [
    name,
    {
      image: service.image,
      build:
        service.build === undefined
          ? undefined
          : resolve(service.build.context, service.build.dockerfile ?? 'Dockerfile'),
      containerName: service.container_name,
      ports: (service.ports ?? [])
        .map(
          ({ host_ip, target, published, protocol }) =>
            `${host_ip ?? '0.0.0.0'}:${published ?? ''}:${target}/${protocol}`,
        )
        .sort(),
      dependsOn: Object.keys(service.depends_on ?? {}).sort(),
      mounts: unique([
        ...(service.volumes ?? []).flatMap(({ type, source }) =>
          type === 'bind' && source !== undefined ? [source] : [],
        ),
        ...(service.configs ?? []).flatMap(({ source }) => fileOf('configs', source)),
        ...(service.secrets ?? []).flatMap(({ source }) => fileOf('secrets', source)),
      ]),
      profiles: [...(service.profiles ?? [])].sort(),
      // A dollar is doubled in what is printed, so that it can be read again.
      environment: Object.fromEntries(
        Object.entries(service.environment ?? {})
          .map(([key, value]): [string, string | null] => [key, value?.replaceAll('$$', '$') ?? null])
          .sort(([one], [other]) => (one < other ? -1 : 1)),
      ),
      hasHealthcheck:
        service.healthcheck?.test !== undefined &&
        service.healthcheck.test[0] !== 'NONE' &&
        service.healthcheck.disable !== true,
    },
  ]);
  return { kind: 'read', name: found.name, services: Object.fromEntries(services) };
}

/** Our reading in the same words. */
export function plainService(service: ComposeService): PlainService {
  return {
    image: service.image,
    build: service.build === undefined ? undefined : resolve(dirname('/'), service.build.dockerfile),
    containerName: service.containerName,
    ports: service.ports
      .map(({ host, address, container, protocol }) => {
        const range =
          host === undefined ? '' : host.first === host.last ? host.first : `${host.first}-${host.last}`;
        return `${address}:${range}:${container}/${protocol}`;
      })
      .sort(),
    dependsOn: [...service.dependsOn].sort(),
    mounts: [...service.mounts].sort(),
    profiles: [...service.profiles].sort(),
    environment: Object.fromEntries(
      Object.entries(service.environment).sort(([one], [other]) => (one < other ? -1 : 1)),
    ),
    hasHealthcheck: service.hasHealthcheck,
  };
}

function unique(texts: readonly string[]): readonly string[] {
  return [...new Set(texts)].sort();
}
