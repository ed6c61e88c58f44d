import { z } from 'zod';
import { runProgram } from '../../process/index.ts';
import type { Engine } from '../engine/index.ts';
import type { ContainerSettings } from './interactive-client.ts';

const configuration = z.object({
  Env: z.array(z.string()).nullable(),
  Cmd: z.array(z.string()).nullable(),
  Entrypoint: z.array(z.string()).nullish(),
});

/** Asks the engine how a container was configured; values that it was given as files are read in it. */
export async function containerSettings(engine: Engine, container: string): Promise<ContainerSettings> {
  const ask = (...args: string[]) => runProgram({ file: engine.program, args });
  const inspected = await ask('container', 'inspect', '--format', '{{json .Config}}', container);
  if (inspected.kind !== 'exited' || inspected.code !== 0) return { variables: {}, command: [] };
  const { Env, Cmd, Entrypoint } = configuration.parse(JSON.parse(inspected.stdout));
  const variables: Record<string, string> = {};
  for (const line of Env ?? [])
    variables[line.slice(0, line.indexOf('='))] = line.slice(line.indexOf('=') + 1);
  // `POSTGRES_USER_FILE=/run/secrets/user`: the convention of the official images.
  const files = Object.entries(variables).filter(([name]) =>
    /^(?:POSTGRES|MYSQL|MARIADB|MONGO|REDIS).*_FILE$/.test(name),
  );
  for (const [name, file] of files) {
    const read = await ask('exec', container, 'cat', file);
    if (read.kind === 'exited' && read.code === 0)
      variables[name.slice(0, -'_FILE'.length)] ??= read.stdout.trimEnd();
  }
  return { variables, command: [...(Entrypoint ?? []), ...(Cmd ?? [])] };
}
