import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: 'specs',
          include: [
            '{tools,executors,generators,projects}/**/*.spec.ts',
            'test/src/{corpus,rig,bench,locks}/**/*.spec.ts',
          ],
          exclude: ['**/node_modules/**', '**/dist/**', '**/*.engine.spec.ts'],
          testTimeout: 20_000,
        },
      },
      {
        test: {
          name: 'containers',
          include: ['{tools,executors,projects}/**/*.engine.spec.ts', 'test/src/**/*.engine.spec.ts'],
          exclude: ['**/node_modules/**', '**/dist/**'],
          testTimeout: 120_000,
          hookTimeout: 120_000,
          maxWorkers: 2,
        },
      },
      {
        test: {
          name: 'end-to-end-containers',
          include: ['test/src/containers/**/*.spec.ts'],
          globalSetup: ['test/src/rig/global-setup.ts'],
          testTimeout: 300_000,
          hookTimeout: 300_000,
          fileParallelism: false,
        },
      },
      {
        test: {
          name: 'end-to-end',
          include: ['test/src/{e2e,equivalence,hostile}/**/*.spec.ts'],
          globalSetup: ['test/src/rig/global-setup.ts'],
          testTimeout: 180_000,
          hookTimeout: 300_000,
          fileParallelism: false,
        },
      },
    ],
  },
});
