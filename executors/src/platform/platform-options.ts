import type { PlatformFilter } from '@switchyard/tools/platform';
import { z } from 'zod';

/** On the command line written with commas or repeated: nx makes an array of either. */
const names = z.array(z.string()).optional();

/** Options by which every operation on the platform is told what part of it is meant. */
export const platformOptions = {
  // Not `project`: nx takes that for the project whose target is run.
  projects: names.describe('Only these projects: `api`, or several, `api,web`.'),
  environment: names.describe('Only these environments: `dev`, or several, `dev,test`.'),
  verbose: z.boolean().optional().describe('Accepted because nx passes it on; it changes nothing.'),
};

/** The same for operations that can tell services apart. */
export const serviceOption = names.describe('Only these services: `postgres`, or several, `app,postgres`.');

/** What the options mean to a tool. */
export function platformFilter(options: {
  readonly projects?: readonly string[] | undefined;
  readonly environment?: readonly string[] | undefined;
  readonly service?: readonly string[] | undefined;
}): PlatformFilter {
  return {
    projects: words(options.projects),
    environments: words(options.environment),
    services: words(options.service),
  };
}

/** The words of a list that may be written with commas. */
export function words(list: readonly string[] | undefined): readonly string[] {
  return (list ?? []).flatMap((text) => text.split(',')).flatMap((word) => word.trim() || []);
}
