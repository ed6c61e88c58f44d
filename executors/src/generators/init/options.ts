import { z } from 'zod';

/** Options of `nx g @switchyard/executors:init`, which `nx add @switchyard/executors` runs. */
export const initOptions = z.object({
  prefix: z.string().optional().describe('Put before every target name, such as "make:"'),
  skipFormat: z.boolean().default(false).describe('Leave nx.json as it is written'),
  updatePackageScripts: z.boolean().optional().describe('Passed by nx add; scripts are left alone'),
  keepExistingVersions: z.boolean().optional().describe('Passed by nx add; nothing else is installed'),
});

export type InitOptions = z.input<typeof initOptions>;
