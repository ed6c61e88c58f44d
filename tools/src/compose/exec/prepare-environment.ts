import type { NamedEnvironment } from '../environment.ts';
import { bringUp, type ComposeInvocation, type UpOutcome } from '../lifecycle/index.ts';
import { describeReady } from './describe-ready.ts';
import { lateOutput } from './late-output.ts';

/** Milliseconds that compose may work unseen; images that are built or pulled take longer, and then are worth seeing. */
const patience = 20_000;

/** Brings an environment up for a task where it is not, and says so in one line. */
export async function prepareEnvironment(
  environment: NamedEnvironment,
  { down = false }: { readonly down?: boolean },
  invocation: ComposeInvocation,
): Promise<UpOutcome> {
  using output = lateOutput(invocation, patience);
  const quiet = { ...invocation, onOutput: output.onOutput };
  const up = await bringUp(environment, { preparation: true, down }, quiet);
  if (up.kind === 'ready' && up.changed) invocation.report(describeReady(environment, up));
  return up;
}
