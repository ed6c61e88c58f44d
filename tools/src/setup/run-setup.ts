import type { SetupStep } from './setup-step.ts';

/** What happens during a set-up, for whoever shows it. */
export type SetupEvent =
  | { readonly kind: 'step'; readonly step: string; readonly title: string }
  | { readonly kind: 'work'; readonly step: string; readonly what: string }
  | {
      readonly kind: 'worked';
      readonly step: string;
      readonly what: string;
      readonly note?: string;
      readonly milliseconds: number;
    }
  | { readonly kind: 'note'; readonly step: string; readonly text: string }
  | { readonly kind: 'nothing'; readonly step: string }
  | { readonly kind: 'would'; readonly step: string; readonly what: string }
  | { readonly kind: 'failed'; readonly step: string; readonly message: string };

/** How a set-up ended. `did` is what was missing and is there now. */
export type SetupOutcome =
  | { readonly kind: 'complete'; readonly did: readonly string[] }
  | { readonly kind: 'planned'; readonly would: readonly string[] }
  | {
      readonly kind: 'failed';
      readonly did: readonly string[];
      readonly step: string;
      readonly message: string;
    }
  | { readonly kind: 'stopped'; readonly did: readonly string[] };

/** Does the steps in order. The first failure ends it: what follows needs what comes before. */
export async function runSetup(
  steps: readonly SetupStep[],
  {
    dryRun,
    signal,
    onEvent,
  }: { dryRun: boolean; signal?: AbortSignal; onEvent: (event: SetupEvent) => void },
): Promise<SetupOutcome> {
  const did: string[] = [];
  const would: string[] = [];
  const isStopped = (): boolean => signal?.aborted === true;
  for (const { id, title, look } of steps) {
    if (isStopped()) return { kind: 'stopped', did };
    onEvent({ kind: 'step', step: id, title });
    const findings = await look();
    const fail = (message: string): SetupOutcome => {
      onEvent({ kind: 'failed', step: id, message });
      return { kind: 'failed', did, step: id, message };
    };
    if (findings.kind === 'failed') return fail(findings.message);
    for (const text of findings.notes ?? []) onEvent({ kind: 'note', step: id, text });
    if (findings.work.length === 0) onEvent({ kind: 'nothing', step: id });
    for (const { what, perform } of findings.work) {
      if (isStopped()) return { kind: 'stopped', did };
      if (dryRun) {
        onEvent({ kind: 'would', step: id, what });
        would.push(what);
        continue;
      }
      onEvent({ kind: 'work', step: id, what });
      const started = performance.now();
      const outcome = await perform();
      if (outcome.kind === 'failed') return fail(outcome.message);
      const milliseconds = performance.now() - started;
      const note = outcome.note === undefined ? {} : { note: outcome.note };
      onEvent({ kind: 'worked', step: id, what, milliseconds, ...note });
      if (outcome.kind === 'done') did.push(what);
    }
  }
  return dryRun ? { kind: 'planned', would } : { kind: 'complete', did };
}
