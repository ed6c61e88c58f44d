import { writeFileSync } from 'node:fs';
import { optionSchemas } from './option-schema.ts';

// Run after a change of an options.ts: node executors/src/schema/generate.ts
for (const { file, content } of optionSchemas) writeFileSync(file, content);
