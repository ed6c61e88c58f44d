import { readdirSync } from 'node:fs';
import { privateFolder } from '../../private-folder/index.ts';

/** Whether anything was brought up for tasks: one look into a folder, before all else is loaded. */
export function hasRecords(): boolean {
  const { folder } = privateFolder('environments', { shared: true });
  return readdirSync(folder).length > 0;
}
