import type { ExecutorContext } from '@nx/devkit';
import { planSetup, runSetup } from '@switchyard/tools/setup';
import { z } from 'zod';
import { setupOptions } from './options.ts';
import { listOf, readPlatform } from './read-platform.ts';
import { closingLines, progressLine } from './show-progress.ts';

/** Sets this machine up for the platform. */
export default async function executor(
  options: unknown,
  context: ExecutorContext,
): Promise<{ success: boolean }> {
  const name = `${context.projectName ?? ''}:${context.targetName ?? 'setup'}`;
  const parsed = setupOptions.safeParse(options);
  if (!parsed.success) return unusable(`${name}: ${z.prettifyError(parsed.error)}`);
  const choice = readPlatform(context, parsed.data);
  if (choice.kind === 'unusable') return unusable(`${name}: ${choice.message}`);
  const { dryRun, json } = parsed.data;
  const tell = json ? undefined : (line: string): void => void process.stdout.write(`${line}\n`);
  const invocation = {
    name,
    report: (line: string): void => void process.stderr.write(`  ${line}\n`),
    // A JSON document stands alone on standard output.
    onOutput: (chunk: Uint8Array): void => void process.stderr.write(chunk),
  };
  const steps = planSetup(choice.platform, invocation);
  const skip = listOf(parsed.data.skip);
  const strange = skip.filter((id) => !steps.some((step) => step.id === id));
  if (strange.length > 0)
    return unusable(
      `${name}: there is no step ${strange.join(', ')}. There are: ${steps.map(({ id }) => id).join(', ')}.`,
    );
  const outcome = await runSetup(
    steps.filter(({ id }) => !skip.includes(id)),
    {
      dryRun,
      onEvent: (event) => {
        const line = progressLine(event);
        if (line !== undefined) tell?.(line);
      },
    },
  );
  for (const line of closingLines(outcome, choice.platform.environments)) tell?.(line);
  if (json) process.stdout.write(`${JSON.stringify(outcome, undefined, 2)}\n`);
  return { success: outcome.kind === 'complete' || outcome.kind === 'planned' };
}

function unusable(message: string): { success: boolean } {
  process.stderr.write(`${message}\n`);
  return { success: false };
}
