import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['{tools,executors,generators,projects}/**/*.spec.ts', 'test/src/**/*.spec.ts'],
    // These have runs of their own: `npm run e2e` and `npm run equivalence`.
    exclude: ['**/node_modules/**', '**/dist/**', 'test/src/{e2e,equivalence}/**'],
    testTimeout: 20_000,
  },
});
