import { seededRandom } from '../equivalence/random.ts';
import type { Interruption } from './interrupt.ts';

/** Milliseconds that each command takes about, with the start of its process. */
const durations = { up: 3500, run: 4500, down: 1500 };

/** The interruption that belongs to a seed. */
export function randomInterruption(seed: number): Interruption {
  const random = seededRandom(seed * 7919);
  const action = random.pick<Interruption['action']>(['up', 'run', 'down']);
  const signal = random.pick<Interruption['signal']>(['SIGINT', 'SIGKILL']);
  return { action, signal, delay: random.below(durations[action]) };
}
