import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { createOpenapi } from './openapi.ts';

it('is what openapi.json holds (else run `make openapi`)', async () => {
  const written: unknown = JSON.parse(readFileSync(join(import.meta.dirname, '../openapi.json'), 'utf8'));
  const described: unknown = JSON.parse(JSON.stringify(await createOpenapi()));
  expect(written).toEqual(described);
});
