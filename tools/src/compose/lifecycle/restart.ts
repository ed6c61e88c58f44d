import type { NamedEnvironment } from '../environment.ts';
import { bringUp, type UpOptions } from './bring-up.ts';
import { environmentContainers, refuseForeign } from './environment-containers.ts';
import { lockEnvironment } from './environment-lock.ts';
import { explainFailure, stopped } from './explain-failure.ts';
import type { ComposeInvocation, UpOutcome } from './lifecycle.ts';
import { runCompose } from './run-compose.ts';
import { withEngine } from './with-engine.ts';

/** Restarts the containers of an environment as they are, and waits until all of it is ready again. */
export function restart(
  environment: NamedEnvironment,
  { services = [], timeout }: Pick<UpOptions, 'services' | 'timeout'>,
  invocation: ComposeInvocation,
): Promise<UpOutcome> {
  return withEngine<UpOutcome>(invocation, async (engine) => {
    const signal = invocation.signal;
    using locks = await lockEnvironment(environment.composeProject, invocation, signal);
    if (locks === undefined) return stopped(invocation, 'restart');
    const containers = await environmentContainers(engine, environment);
    const refused = refuseForeign(environment, containers, { engine, invocation });
    if (refused !== undefined) return refused;
    const outcome = await runCompose(engine, environment, ['restart', ...services], invocation);
    if (outcome.kind !== 'exited' || outcome.code !== 0)
      return await explainFailure({ engine, environment, invocation, command: 'restart', outcome });
    // What was not there yet is brought up, and what was is waited for.
    const options = { services, ...(timeout === undefined ? {} : { timeout }) };
    const held = { ...(invocation.environment ?? process.env), ...locks.environment };
    const up = await bringUp(environment, options, { ...invocation, environment: held });
    return up.kind === 'ready' ? { ...up, changed: true, wasUp: true } : up;
  });
}
