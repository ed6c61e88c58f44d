import { z } from 'zod';
import { makeOptions } from './options.ts';

/** The content of `schema.json`, as Nx wants it. */
export function optionSchema(): string {
  const schema = z.toJSONSchema(makeOptions, { io: 'input', target: 'draft-7' });
  const content = { ...schema, title: 'Make executor', version: 2, additionalProperties: true };
  return `${JSON.stringify(content, undefined, 2)}\n`;
}
