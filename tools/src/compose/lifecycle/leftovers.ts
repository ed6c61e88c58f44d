import { runProgram } from '../../process/index.ts';
import { EngineError, type Engine } from '../engine/index.ts';

/** Milliseconds that the engine may take to say what there is. */
const patience = 60_000;

/** Ids of what carries the name of a compose project in the engine. */
export interface Leftovers {
  readonly containers: readonly string[];
  readonly networks: readonly string[];
}

/** Finds the containers and networks of a compose project by its label. Throws when the engine fails. */
export async function leftovers(engine: Engine, composeProject: string): Promise<Leftovers> {
  const filter = ['--filter', `label=com.docker.compose.project=${composeProject}`];
  const [containers, networks] = await Promise.all([
    ids(engine, ['ps', '--all', '--quiet', '--no-trunc', ...filter]),
    ids(engine, ['network', 'ls', '--quiet', '--no-trunc', ...filter]),
  ]);
  return { containers, networks };
}

/**
 * Removes them. `timeout`: milliseconds that containers have to stop by themselves; their own without it. Returns what the
 * engine said about what could not be removed.
 */
export async function removeLeftovers(
  engine: Engine,
  { containers, networks }: Leftovers,
  timeout?: number,
): Promise<string | undefined> {
  const problems: string[] = [];
  const remove = async (args: readonly string[]): Promise<void> => {
    const outcome = await runProgram({ file: engine.program, args });
    if (outcome.kind === 'exited' && outcome.code === 0) return;
    const said = outcome.kind === 'exited' ? outcome.stderr.trim() : outcome.kind;
    const serious = said
      .split('\n')
      .filter((line) => !/no such|not found|is already in progress/i.test(line));
    if (serious.length > 0) problems.push(serious.join('\n'));
  };
  if (containers.length > 0) {
    const patience = timeout === undefined ? [] : ['--time', String(Math.ceil(timeout / 1000))];
    await runProgram({ file: engine.program, args: ['stop', ...patience, ...containers] });
    await remove(['rm', '--force', ...containers]);
  }
  if (networks.length > 0) await remove(['network', 'rm', ...networks]);
  return problems.length === 0 ? undefined : problems.join('\n');
}

async function ids(engine: Engine, args: readonly string[]): Promise<readonly string[]> {
  const outcome = await runProgram({ file: engine.program, args, timeout: patience });
  if (outcome.kind === 'exited' && outcome.code === 0) return outcome.stdout.split('\n').filter(Boolean);
  const said = outcome.kind === 'exited' ? outcome.stderr.trim() : outcome.kind;
  throw new EngineError(`\`${engine.program} ${args[0] ?? ''}\` failed: ${said}`);
}
