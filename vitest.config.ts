import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['{tools,executors,generators,projects}/**/*.spec.ts', 'test/src/**/*.spec.ts'],
    testTimeout: 20_000,
  },
});
