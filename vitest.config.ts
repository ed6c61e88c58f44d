import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: 'specs',
          include: [
            '{tools,executors,generators,projects}/**/*.spec.ts',
            'test/src/{corpus,rig,bench}/**/*.spec.ts',
          ],
          exclude: ['**/node_modules/**', '**/dist/**'],
          testTimeout: 20_000,
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
