import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { format, resolveConfig } from 'prettier';
import { createOpenapi } from './openapi.ts';

const file = join(import.meta.dirname, '../openapi.json');
const options = await resolveConfig(file);
await writeFile(file, await format(JSON.stringify(await createOpenapi()), { ...options, filepath: file }));
