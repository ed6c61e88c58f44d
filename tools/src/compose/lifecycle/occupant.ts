import { runProgram } from '../../process/index.ts';
import { inspectContainers, type Engine, type EngineContainer } from '../engine/index.ts';
import type { ComposeInvocation } from './lifecycle.ts';

/** The container that publishes a port of the host now. */
export async function portOccupant(engine: Engine, port: number): Promise<EngineContainer | undefined> {
  const outcome = await runProgram({
    file: engine.program,
    args: ['ps', '--quiet', '--no-trunc', '--filter', `publish=${port}`],
  });
  const ids = outcome.kind === 'exited' ? outcome.stdout.split('\n').filter(Boolean) : [];
  const containers = await inspectContainers(engine, ids);
  return containers.find(({ ports }) => ports.some(({ host }) => host === port));
}

/** What is in the way, in words, and the command that takes it away. */
export function describeOccupant(
  engine: Engine,
  container: EngineContainer,
  invocation: ComposeInvocation,
): { readonly who: string; readonly stop: string } {
  const { composeProject, name } = container;
  if (composeProject === '')
    return { who: `container ${name}`, stop: `${engine.program} rm --force ${name}` };
  const known = invocation.platform?.find((environment) => environment.composeProject === composeProject);
  return {
    who: `container ${name} of ${composeProject}`,
    stop:
      known === undefined
        ? `${engine.compose.command.join(' ')} -p ${composeProject} down`
        : `nx compose:down ${known.project} -c ${known.name}`,
  };
}
