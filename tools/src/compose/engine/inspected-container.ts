import { z } from 'zod';
import type { EngineContainer } from './containers.ts';

const time = z.string().transform((text) => Math.max(0, Date.parse(text)) || 0);
const bindings = z.record(
  z.string(),
  z.array(z.object({ HostIp: z.string(), HostPort: z.string() })).nullable(),
);
const inspected = z.object({
  Id: z.string(),
  Name: z.string(),
  Created: time,
  RestartCount: z.number().optional(),
  State: z.object({
    Status: z.enum(['created', 'running', 'paused', 'restarting', 'removing', 'exited', 'dead']),
    ExitCode: z.number(),
    StartedAt: time,
    OOMKilled: z.boolean().optional(),
    Health: z
      .object({ Status: z.string(), Log: z.array(z.object({ Output: z.string() })).nullish() })
      .nullish(),
  }),
  Config: z.object({ Image: z.string(), Labels: z.record(z.string(), z.string()).nullable() }),
  HostConfig: z.object({ RestartPolicy: z.object({ Name: z.string() }) }),
  NetworkSettings: z.object({
    Ports: bindings.nullish(),
    Networks: z.record(z.string(), z.object({ IPAddress: z.string() })).nullish(),
  }),
});

/** Reads what `container inspect` printed. Throws when it is something else. */
export function readInspected(printed: unknown): readonly EngineContainer[] {
  return z.array(inspected).parse(printed).map(toContainer);
}

function toContainer(found: z.infer<typeof inspected>): EngineContainer {
  const labels = found.Config.Labels ?? {};
  const label = (name: string): string => labels[`com.docker.compose.${name}`] ?? '';
  const health = found.State.Health?.Status;
  return {
    id: found.Id,
    name: found.Name.replace(/^\//, ''),
    image: found.Config.Image,
    composeProject: label('project'),
    service: label('service'),
    oneOff: label('oneoff').toLowerCase() === 'true',
    state: found.State.Status,
    health: health === 'healthy' || health === 'unhealthy' || health === 'starting' ? health : 'none',
    exitCode: found.State.ExitCode,
    outOfMemory: found.State.OOMKilled ?? false,
    restarts: found.RestartCount ?? 0,
    healthOutput: found.State.Health?.Log?.at(-1)?.Output.trim() ?? '',
    restartPolicy: found.HostConfig.RestartPolicy.Name || 'no',
    startedAt: found.State.StartedAt,
    createdAt: found.Created,
    ports: Object.entries(found.NetworkSettings.Ports ?? {}).flatMap(([port, bound]) => {
      const [container = '', protocol = 'tcp'] = port.split('/');
      return (bound ?? []).map(({ HostIp, HostPort }) => ({
        address: HostIp,
        host: Number(HostPort),
        container: Number(container),
        protocol,
      }));
    }),
    networks: Object.fromEntries(
      Object.entries(found.NetworkSettings.Networks ?? {}).map(([name, { IPAddress }]) => [name, IPAddress]),
    ),
    labels,
    configFiles: label('project.config_files').split(',').filter(Boolean),
    workingFolder: label('project.working_dir'),
  };
}
