import type { z } from 'zod';

/** The one JSON document that a command with `--json` prints between the lines of nx. Throws when it is not as described. */
export function documentIn<Document>(stdout: string, schema: z.ZodType<Document>): Document {
  const [text] = /^[{[]$[^]*?^[}\]]$/m.exec(stdout) ?? [];
  if (text === undefined) throw new Error(`There is no JSON document in:\n${stdout}`);
  return schema.parse(JSON.parse(text));
}
