import type { Engine } from '../compose/index.ts';
import { runProgram } from '../process/index.ts';
import { LineSplitter } from './line-splitter.ts';

/** How a command that goes on for ever ended: `stopped` is the way it should. */
export type StreamEnd =
  { readonly kind: 'stopped' } | { readonly kind: 'ended'; readonly code: number; readonly message: string };

/** Runs a command of the engine that goes on (`logs --follow`, `events`, `stats`), and hands on each line of its output. */
export async function streamEngine(
  engine: Engine,
  args: readonly string[],
  onLine: (line: Uint8Array, stream: 'stdout' | 'stderr', isPiece: boolean) => void,
  signal?: AbortSignal,
): Promise<StreamEnd> {
  const splitter = (stream: 'stdout' | 'stderr'): LineSplitter =>
    new LineSplitter((line, isPiece) => {
      onLine(line, stream, isPiece);
    });
  const splitters = { stdout: splitter('stdout'), stderr: splitter('stderr') };
  const outcome = await runProgram({
    file: engine.program,
    args,
    maxOutput: 2000,
    onOutput: (chunk, stream) => {
      splitters[stream].add(chunk);
    },
    ...(signal === undefined ? {} : { signal }),
  });
  splitters.stdout.end();
  splitters.stderr.end();
  // Nx ends a whole tree of processes: those that we started may hear of it before we do.
  if (outcome.kind === 'stopped' || outcome.kind === 'killed') return { kind: 'stopped' };
  if (outcome.kind === 'exited' && [130, 143].includes(outcome.code)) return { kind: 'stopped' };
  if (outcome.kind === 'exited')
    return { kind: 'ended', code: outcome.code, message: outcome.stderr.trim().split('\n').at(-1) ?? '' };
  return { kind: 'ended', code: 1, message: `${engine.program} ${args[0] ?? ''} was ${outcome.kind}` };
}

/** One event of a container, as the engine tells it. */
export interface ContainerEvent {
  /** `start`, `die`, `destroy`, `health_status: healthy`. */
  readonly action: string;
  readonly id: string;
  readonly composeProject: string;
}

const told = ['create', 'start', 'die', 'destroy', 'health_status', 'pause', 'unpause', 'rename'];

/** Tells the events of containers of compose projects until the signal. */
export async function followContainerEvents(
  engine: Engine,
  onEvent: (event: ContainerEvent) => void,
  signal?: AbortSignal,
): Promise<StreamEnd> {
  const args = [
    'events',
    '--filter',
    'type=container',
    '--filter',
    'label=com.docker.compose.project',
    ...told.flatMap((event) => ['--filter', `event=${event}`]),
    '--format',
    '{{.Action}}\t{{.Actor.ID}}\t{{index .Actor.Attributes "com.docker.compose.project"}}',
  ];
  const end = await streamEngine(
    engine,
    args,
    (line, stream) => {
      if (stream !== 'stdout') return;
      const [action = '', id = '', composeProject = ''] = Buffer.from(line).toString('utf8').split('\t');
      onEvent({ action, id, composeProject });
    },
    signal,
  );
  // An engine that goes away is complained of; without a word it was told to end.
  return end.kind === 'ended' && end.message === '' ? { kind: 'stopped' } : end;
}
