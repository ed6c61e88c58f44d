import type { PlatformFilter } from '@switchyard/tools/platform';
import { z } from 'zod';

const names = z.union([z.string(), z.array(z.string())]).optional();

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
  readonly projects?: string | readonly string[] | undefined;
  readonly environment?: string | readonly string[] | undefined;
  readonly service?: string | readonly string[] | undefined;
}): PlatformFilter {
  return {
    projects: words(options.projects),
    environments: words(options.environment),
    services: words(options.service),
  };
}

/** The words of a list that may be written with commas. */
export function words(value: string | readonly string[] | undefined): readonly string[] {
  const list = typeof value === 'string' ? [value] : (value ?? []);
  return list.flatMap((text) => text.split(',')).flatMap((word) => word.trim() || []);
}
