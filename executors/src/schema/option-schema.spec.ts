import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { optionSchemas } from './option-schema.ts';

it.each(
  optionSchemas.map(
    ({ file, content }) => [file.pathname.split('/').slice(-3).join('/'), file, content] as const,
  ),
)(
  '%s is what its options.ts gives; else run `node executors/src/schema/generate.ts`',
  (_name, file, content) => {
    const written: unknown = JSON.parse(readFileSync(file, 'utf8'));
    expect(written).toEqual(JSON.parse(content));
  },
);
