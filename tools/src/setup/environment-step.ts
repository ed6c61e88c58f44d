import { bringUp, type ComposeInvocation } from '../compose/index.ts';
import type { SetupPlatform, SetupStep } from './setup-step.ts';

/** Brings the environments up, one after the other, and waits until each is healthy. They stay up. */
export function environmentStep({ environments }: SetupPlatform, invocation: ComposeInvocation): SetupStep {
  return {
    id: 'environments',
    title: 'Environments',
    look: () =>
      Promise.resolve({
        kind: 'work',
        work: environments.map((environment) => ({
          what: `${environment.composeProject}: ${environment.services.map(({ name }) => name).join(', ')}`,
          perform: async () => {
            const name = `${environment.project}:compose:up:${environment.name}`;
            const outcome = await bringUp(environment, {}, { ...invocation, name });
            if (outcome.kind !== 'ready') return { kind: 'failed', message: outcome.message };
            return outcome.changed
              ? { kind: 'done', note: 'healthy' }
              : { kind: 'unchanged', note: 'was up already' };
          },
        })),
      }),
  };
}
