import { constants } from 'node:os';

/** The exit code that a shell gives for a program that was ended by a signal. */
export function signalCode(signal: string): number {
  const [, number = 0] = Object.entries(constants.signals).find(([name]) => name === signal) ?? [];
  return 128 + number;
}
