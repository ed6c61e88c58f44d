import { defineConfig } from 'vitest/config';

const integration = 'src/**/*.integration.spec.ts';

/** Unit specs need the disk at most; integration specs talk to a listening server or a started process. */
export default defineConfig({
  test: {
    testTimeout: 20_000,
    projects: [
      { extends: true, test: { name: 'unit', include: ['src/**/*.spec.ts'], exclude: [integration] } },
      { extends: true, test: { name: 'integration', include: [integration] } },
    ],
  },
});
