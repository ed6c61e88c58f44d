import { bringUp, type ComposeInvocation, type Engine, type NamedEnvironment } from '../compose/index.ts';
import { acquireLocks, waitingMessage } from '../lock/index.ts';
import { askEngine } from '../platform/index.ts';
import type { HealthCheck } from './health-report.ts';

/** What was done about findings, each as one sentence. */
export interface FixOutcome {
  readonly fixed: readonly string[];
  readonly failed: readonly string[];
}

type Step = (engine: Engine, invocation: ComposeInvocation) => Promise<FixOutcome>;

/** Does what can be done about the findings: networks first, because services need them. */
export async function fixHealth(
  engine: Engine,
  checks: readonly HealthCheck[],
  invocation: ComposeInvocation,
): Promise<FixOutcome> {
  const fixed: string[] = [];
  const failed: string[] = [];
  for (const step of plan(checks)) {
    const outcome = await step(engine, invocation);
    fixed.push(...outcome.fixed);
    failed.push(...outcome.failed);
    for (const line of [...outcome.fixed, ...outcome.failed]) invocation.report(line);
  }
  return { fixed, failed };
}

function plan(checks: readonly HealthCheck[]): readonly Step[] {
  const networks = new Set<string>();
  const containers = new Map<string, string>();
  const environments = new Map<NamedEnvironment, Map<string, string>>();
  for (const { remedy, result } of checks) {
    // A network costs nothing; what nobody needs now is not started.
    if (remedy === undefined || (result !== 'failed' && remedy.kind !== 'create-network')) continue;
    switch (remedy.kind) {
      case 'create-network':
        networks.add(remedy.network);
        break;
      case 'start-container':
        containers.set(remedy.id, remedy.name);
        break;
      case 'bring-up': {
        const restart = environments.get(remedy.environment) ?? new Map<string, string>();
        for (const { id, name } of remedy.restart) restart.set(id, name);
        environments.set(remedy.environment, restart);
      }
    }
  }
  return [
    ...[...networks].map((name) => simple(['network', 'create', name], `created the network ${name}`)),
    ...[...containers].map(([id, name]) => simple(['start', id], `started ${name}`)),
    ...[...environments].map(([environment, restart]) => repair(environment, restart)),
  ];
}

function simple(args: readonly string[], done: string): Step {
  return async (engine) => {
    const answer = await askEngine(engine, args, { timeout: 60_000 });
    if (answer.kind === 'answered') return { fixed: [done], failed: [] };
    return { fixed: [], failed: [`\`${engine.program} ${args.join(' ')}\` failed: ${answer.message}`] };
  };
}

function repair(environment: NamedEnvironment, restart: ReadonlyMap<string, string>): Step {
  return async (engine, invocation) => {
    const { composeProject } = environment;
    // A test that runs there is not disturbed: it holds the lock.
    using locks = await acquireLocks({
      locks: [{ name: `compose:${composeProject}`, mode: 'exclusive' }],
      command: `nx health --fix`,
      ...(invocation.signal === undefined ? {} : { signal: invocation.signal }),
      onWait: (name, holder) => {
        invocation.report(waitingMessage(name, holder));
      },
    });
    if (locks === undefined) return { fixed: [], failed: [] };
    const fixed: string[] = [];
    for (const [id, name] of restart) {
      const answer = await askEngine(engine, ['restart', id], { timeout: 60_000 });
      if (answer.kind === 'failed')
        return { fixed, failed: [`${name} was not restarted: ${answer.message}`] };
      fixed.push(`restarted ${name}`);
    }
    const environmentVariables = { ...(invocation.environment ?? process.env), ...locks.environment };
    const outcome = await bringUp(environment, {}, { ...invocation, environment: environmentVariables });
    if (outcome.kind !== 'ready') return { fixed, failed: [outcome.message] };
    return { fixed: [...fixed, `${composeProject} is up`], failed: [] };
  };
}
