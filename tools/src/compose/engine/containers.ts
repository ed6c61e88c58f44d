import { runProgram, type ProgramOutcome } from '../../process/index.ts';
import type { Engine } from './engine.ts';

/** A container of a compose project, as the engine knows it. */
export interface EngineContainer {
  readonly id: string;
  /** Without the leading slash: `api-dev-postgres-1`. */
  readonly name: string;
  readonly image: string;
  readonly composeProject: string;
  readonly service: string;
  /** Made by `compose run`. */
  readonly oneOff: boolean;
  readonly state: 'created' | 'running' | 'paused' | 'restarting' | 'removing' | 'exited' | 'dead';
  /** `none` where it has no health check. */
  readonly health: 'none' | 'starting' | 'healthy' | 'unhealthy';
  readonly exitCode: number;
  /** The kernel ended it because it used more memory than it may. */
  readonly outOfMemory: boolean;
  /** How often the engine started it again by itself since it was last started. */
  readonly restarts: number;
  /** What the last run of its health check printed; empty where there was none. */
  readonly healthOutput: string;
  /** `no`, `always`, `on-failure`, `unless-stopped`. */
  readonly restartPolicy: string;
  /** Milliseconds since the epoch; 0 when it never started. */
  readonly startedAt: number;
  readonly createdAt: number;
  /** Published ports as they are bound now. */
  readonly ports: readonly {
    readonly address: string;
    readonly host: number;
    readonly container: number;
    readonly protocol: string;
  }[];
  /** By name; the address is empty while it does not run. */
  readonly networks: Readonly<Record<string, string>>;
  readonly labels: Readonly<Record<string, string>>;
  /** Compose files it was made from, as Compose wrote them down. */
  readonly configFiles: readonly string[];
  readonly workingFolder: string;
}

/** The engine, which answered before, does not any more. */
export class EngineError extends Error {
  override readonly name = 'EngineError';
}

/** How long the engine may take: milliseconds. One that is stuck accepts connections and never answers. */
export interface EnginePatience {
  readonly timeout?: number;
}

const usual = 60_000;

/** The containers that have all of these labels (`name` or `name=value`), stopped ones too. Throws when the engine fails. */
export async function listContainers(
  engine: Engine,
  labels: readonly string[],
  { timeout = usual }: EnginePatience = {},
): Promise<readonly EngineContainer[]> {
  const filters = labels.flatMap((label) => ['--filter', `label=${label}`]);
  const ids = (await ask(engine, ['ps', '--all', '--quiet', '--no-trunc', ...filters], timeout))
    .split('\n')
    .filter(Boolean);
  return inspectContainers(engine, ids, { timeout });
}

/** The same for known containers; those that are gone meanwhile are left out. */
export async function inspectContainers(
  engine: Engine,
  ids: readonly string[],
  { timeout = usual }: EnginePatience = {},
): Promise<readonly EngineContainer[]> {
  if (ids.length === 0) return [];
  // Exits with 1 when one of them is gone, and still prints the others.
  const outcome = await runProgram({ file: engine.program, args: ['container', 'inspect', ...ids], timeout });
  if (outcome.kind !== 'exited') throw engineError(engine, 'container inspect', saidBy(outcome));
  if (outcome.code !== 0 && !/no such/i.test(outcome.stderr))
    throw engineError(engine, 'container inspect', outcome.stderr);
  const list: unknown = JSON.parse(outcome.stdout === '' ? '[]' : outcome.stdout);
  // Loaded when there is something to read: whoever only asks for names of environments does not wait for zod.
  const { readInspected } = await import('./inspected-container.ts');
  return readInspected(list);
}

/** What an engine command printed. Throws when it failed. */
async function ask(engine: Engine, args: readonly string[], timeout: number): Promise<string> {
  const outcome = await runProgram({ file: engine.program, args, timeout });
  if (outcome.kind === 'exited' && outcome.code === 0) return outcome.stdout;
  throw engineError(engine, args[0] ?? '', saidBy(outcome));
}

function saidBy(outcome: ProgramOutcome): string {
  if (outcome.kind === 'exited') return outcome.stderr;
  return outcome.kind === 'timed-out'
    ? `no answer within ${outcome.timeout / 1000} s`
    : `it was ${outcome.kind}`;
}

function engineError(engine: Engine, command: string, said: string): EngineError {
  return new EngineError(`\`${engine.program} ${command}\` failed: ${said.trim() || 'it said nothing'}`);
}
