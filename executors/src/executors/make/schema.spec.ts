import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { optionSchema } from './option-schema.ts';

it('schema.json says what options.ts says', () => {
  const written: unknown = JSON.parse(readFileSync(new URL('./schema.json', import.meta.url), 'utf8'));
  const current: unknown = JSON.parse(optionSchema());
  expect(written, 'run: node executors/src/executors/make/generate-schema.ts').toEqual(current);
});
