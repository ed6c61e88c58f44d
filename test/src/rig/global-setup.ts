import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import type { TestProject } from 'vitest/node';

import { publishPackages } from './publication.ts';
import { startRegistry } from './registry.ts';

/** What is set up once for all end-to-end tests. */
export interface Surroundings {
  readonly registry: string;
  /** The version that our packages have in that registry. */
  readonly version: string;
  /** A folder for everything that fixtures share: npm's cache, templates of installed workspaces. */
  readonly shared: string;
}

declare module 'vitest' {
  interface ProvidedContext {
    surroundings: Surroundings;
  }
}

/** Starts a registry, publishes the packages to it, and gives the way to take it all down. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const shared = await mkdtemp(join(tmpdir(), 'switchyard-e2e-'));
  await mkdir(join(shared, 'registry'));
  const registry = await startRegistry(join(shared, 'registry'));
  const takeDown = async (): Promise<void> => {
    await registry[Symbol.asyncDispose]();
    await rm(shared, { recursive: true, force: true, maxRetries: 3 });
  };
  try {
    const version = await publishPackages(registry.url, shared);
    project.provide('surroundings', { registry: registry.url, version, shared });
  } catch (error) {
    await takeDown();
    throw error;
  }
  return takeDown;
}
