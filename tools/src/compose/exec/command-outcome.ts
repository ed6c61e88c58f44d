import { constants } from 'node:os';
import { formatDuration } from '../../duration/index.ts';
import type { ProgramOutcome } from '../../process/index.ts';
import type { ComposeOutcome } from '../lifecycle/lifecycle.ts';

/** What is known of how a command was cut short. */
export interface CutShort {
  /** What messages call the task. */
  readonly name: string;
  readonly stopped: boolean;
  /** Milliseconds; present when they had passed. */
  readonly timeout?: number;
}

/** What the end of an engine's client means for the command that it ran. */
export function commandOutcome(
  outcome: ProgramOutcome,
  { name, stopped, timeout }: CutShort,
): ComposeOutcome {
  if (timeout !== undefined) {
    const message = `${name} was ended: it took longer than ${formatDuration(timeout)}.\nGive it more time with the option \`timeout\`: \`--timeout=10m\`.`;
    return { kind: 'failed', reason: 'timed-out', code: 124, message };
  }
  if (stopped) return { kind: 'stopped', code: 130, message: `${name} was stopped.` };
  switch (outcome.kind) {
    case 'exited':
      return { kind: 'done', code: outcome.code };
    case 'stopped':
    case 'timed-out':
      return { kind: 'stopped', code: 130, message: `${name} was stopped.` };
    case 'killed': {
      const [, number = 0] =
        Object.entries(constants.signals).find(([signal]) => signal === outcome.signal) ?? [];
      const message = `${name}: the engine's client was ended by ${outcome.signal}, which Switchyard did not send.`;
      return { kind: 'failed', reason: 'other', code: 128 + number, message };
    }
    case 'missing': {
      const message = `${name}: ${outcome.program} is not on the PATH any more.`;
      return { kind: 'failed', reason: 'engine', code: 127, message };
    }
  }
}
