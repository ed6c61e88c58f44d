import { defineConfig } from 'vitest/config';

/** End to end: packages as published, foreign workspaces, one file after another because each run of nx takes all cores. */
export default defineConfig({
  test: {
    root: import.meta.dirname,
    include: ['**/*.spec.ts'],
    globalSetup: ['../rig/global-setup.ts'],
    fileParallelism: false,
    testTimeout: 120_000,
    hookTimeout: 180_000,
  },
});
