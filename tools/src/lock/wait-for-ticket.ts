import { rmSync, statSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import { askTicket, type TicketQuestion } from './ask-ticket.ts';
import { readGreeting } from './greeting.ts';
import type { LockHolder } from './lock-request.ts';

/** Milliseconds after which we say for whom we wait, though its process has not told its name: it may be stopped. */
const patience = 1000;
/** Milliseconds between two attempts to ask a process that lets nobody in. */
const pauseBetween = 20;

/** Waits until a ticket is given back or its process is gone. False when it was given up. */
export async function waitForTicket(
  path: string,
  pid: number,
  onWait: (holder: LockHolder) => void,
  signal?: AbortSignal,
): Promise<boolean> {
  const silence = setTimeout(() => {
    onWait({ command: '', pid, since: madeAt(path) });
  }, patience);
  let told = false;
  const onGreeting = (line: string): void => {
    clearTimeout(silence);
    if (!told) onWait(readGreeting(line, pid));
    told = true;
  };
  try {
    return await untilGone({ path, onGreeting, signal });
  } finally {
    clearTimeout(silence);
  }
}

async function untilGone(question: TicketQuestion): Promise<boolean> {
  for (let unanswered = 0; ;) {
    const answer = await askTicket(question);
    switch (answer.kind) {
      case 'gone':
        return true;
      case 'dead':
        // Names are never used again, so this is nobody else's.
        rmSync(question.path, { force: true });
        return true;
      case 'aborted':
        return false;
      case 'closed':
        // It was given back, most likely; a process out of file descriptors closes what it cannot answer, at once.
        unanswered = answer.greeted ? 0 : unanswered + 1;
        if (unanswered > 1) await pause(pauseBetween);
        break;
      case 'busy':
        await pause(pauseBetween);
        break;
    }
  }
}

/** Removes a ticket that a process has left. Those of living ones stay. */
export async function removeIfDead(path: string): Promise<void> {
  const answer = await askTicket({ path, onConnect: () => false });
  if (answer.kind === 'dead') rmSync(path, { force: true });
}

/** Whether the process that has a ticket still does. */
export async function isHeld(path: string): Promise<boolean> {
  const answer = await askTicket({ path, onConnect: () => false });
  return answer.kind === 'closed' || answer.kind === 'busy';
}

function madeAt(path: string): number {
  return statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? Date.now();
}
