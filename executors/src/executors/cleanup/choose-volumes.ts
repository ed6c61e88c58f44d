import { createInterface } from 'node:readline/promises';
import type { CleanupPlan } from '@switchyard/tools/cleanup';
import { formatBytes } from '@switchyard/tools/table';

/** How it is decided whether volumes go. */
export interface VolumeChoice {
  readonly volumes: boolean | undefined;
  readonly yes: boolean;
  /** Somebody is there to be asked. */
  readonly ask: boolean;
  readonly report: (line: string) => void;
  /** Puts the question; by default on the terminal. */
  readonly question?: (text: string) => Promise<string>;
}

/** The plan with its volumes when they were asked for and that was confirmed; else without them. */
export async function chooseVolumes(plan: CleanupPlan, choice: VolumeChoice): Promise<CleanupPlan> {
  const volumes = plan.remove.filter(({ kind }) => kind === 'volume');
  if (volumes.length === 0 || (await isConfirmed(volumes, choice))) return plan;
  return { ...plan, remove: plan.remove.filter(({ kind }) => kind !== 'volume') };
}

async function isConfirmed(
  found: CleanupPlan['remove'],
  { volumes, yes, ask, report, question = askOnTerminal }: VolumeChoice,
): Promise<boolean> {
  const names = found.map(({ name }) => name).join(', ');
  const what = `${found.length === 1 ? 'the volume' : `${found.length} volumes`} ${names}`;
  if (volumes === true && yes) return true;
  if (volumes !== false && ask) {
    const bytes = found.reduce((sum, volume) => sum + (volume.bytes ?? 0), 0);
    const answer = await question(`Remove ${what} with all data (${formatBytes(bytes)})? [y/N] `);
    return /^y(es)?$/i.test(answer.trim());
  }
  if (volumes !== false) report(`Kept: ${what}. To remove volumes with their data: --volumes --yes.`);
  return false;
}

async function askOnTerminal(text: string): Promise<string> {
  // The terminal UI of nx hands a task the keys only then.
  if (process.env['NX_TUI'] === 'true') process.stdout.write('Press i to answer.\n');
  const terminal = createInterface({ input: process.stdin, output: process.stdout });
  try {
    // Ctrl-D is no answer, and so is Ctrl-C.
    const closed = new Promise<string>((resolve) => {
      terminal.once('close', () => {
        resolve('');
      });
    });
    return await Promise.race([terminal.question(text), closed]);
  } finally {
    terminal.close();
  }
}
