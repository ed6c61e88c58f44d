import { randomBytes } from 'node:crypto';
import { runProgram } from '../../process/index.ts';
import { findEngine, type Engine } from '../engine/index.ts';

/** A container of its own, which is removed at the end. */
export interface ContainerRig extends AsyncDisposable {
  readonly engine: Engine;
  readonly id: string;
  /** The command lines of what runs in it, besides its own first process. */
  readonly running: () => Promise<string[]>;
}

/** Starts a container; `command` keeps it up. */
export async function startContainer(
  image = 'busybox:1.36',
  command: readonly string[] = ['sleep', '900'],
): Promise<ContainerRig> {
  const found = await findEngine();
  if (found.kind !== 'found') throw new Error(found.message);
  const { engine } = found;
  const ask = (...args: string[]) => askEngine(engine, args);
  const name = `ex-${randomBytes(4).toString('hex')}`;
  const id = (await ask('run', '--detach', '--init', '--name', name, image, ...command)).trim();
  return {
    engine,
    id,
    running: async () => {
      const lines = (await ask('top', id, '-eo', 'pid,stat,args')).trim().split('\n').slice(1);
      const processes = lines.map((line) => /^\s*\d+\s+(\S+)\s+(.*)$/.exec(line)?.slice(1) ?? []);
      return processes.flatMap(([state = '', args = '']) => {
        const isOwn = args.endsWith(command.join(' '));
        return isOwn || state.startsWith('Z') ? [] : [args];
      });
    },
    [Symbol.asyncDispose]: async () => {
      await ask('rm', '--force', id);
    },
  };
}

/** What an engine's command printed. */
export async function askEngine(engine: Engine, args: readonly string[], input?: string): Promise<string> {
  const outcome = await runProgram({
    file: engine.program,
    args,
    ...(input === undefined ? {} : { input }),
  });
  if (outcome.kind === 'exited' && outcome.code === 0) return outcome.stdout;
  throw new Error(`${args.join(' ')} failed: ${outcome.kind === 'exited' ? outcome.stderr : outcome.kind}`);
}
