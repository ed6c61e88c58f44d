import { defineConfig } from 'vitest/config';

const integration = 'src/**/*.integration.spec.ts';
const engine = 'src/**/*.engine.spec.ts';

/** Unit specs need the disk at most; integration specs talk to a listening server or a started process; engine specs to PostgreSQL, in a container or at TEST_DATABASE_URL. */
export default defineConfig({
  test: {
    testTimeout: 20_000,
    projects: [
      {
        extends: true,
        test: { name: 'unit', include: ['src/**/*.spec.ts'], exclude: [integration, engine] },
      },
      { extends: true, test: { name: 'integration', include: [integration] } },
      {
        extends: true,
        test: { name: 'engine', include: [engine], testTimeout: 60_000, hookTimeout: 60_000 },
      },
    ],
  },
});
