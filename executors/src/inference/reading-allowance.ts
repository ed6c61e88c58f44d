import type { ProjectRecord } from './project-record.ts';

// All in milliseconds. A Makefile takes two or three; one that asks the shell much may take a hundred.
const firstTime = 800;
const shortTime = 100;
const longestTime = 1500;
const firstRound = 4000;
const secondRound = 5000;

/**
 * How long the Makefiles of one workspace may keep Nx waiting. Each gets a short time first, and those that need more
 * share what is left: however many mean harm, the others are read, and soon.
 */
export class ReadingAllowance {
  #lost = 0;
  #left = secondRound;

  /** Nothing is left for those that need more time. */
  get isSpent(): boolean {
    return this.#left < longestTime / 5;
  }

  /** Reads with the time that there is for it. */
  async read(
    work: (time: number) => Promise<ProjectRecord>,
    round: 'first' | 'second',
  ): Promise<ProjectRecord> {
    const first = this.#lost > firstRound ? shortTime : firstTime;
    const start = performance.now();
    const record = await work(round === 'first' ? first : Math.min(longestTime, this.#left));
    const taken = performance.now() - start;
    if (round === 'second') this.#left -= taken;
    else if (record.outOfTime === true) this.#lost += taken;
    return record;
  }
}
