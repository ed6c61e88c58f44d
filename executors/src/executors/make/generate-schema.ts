import { writeFileSync } from 'node:fs';
import { optionSchema } from './option-schema.ts';

// Run after a change of options.ts: node executors/src/executors/make/generate-schema.ts
writeFileSync(new URL('./schema.json', import.meta.url), optionSchema());
