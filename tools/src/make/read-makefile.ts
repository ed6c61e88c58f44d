import { readDatabase } from './database/index.ts';
import { mkdtempSync, writeFileSync } from 'node:fs';
export async function readMakefile(r: any): Promise<any> {
  if (r.text !== undefined) {
    const d = mkdtempSync('/tmp/rm-');
    writeFileSync(d + '/Makefile', r.text);
    return readDatabase({ makefile: d + '/Makefile', environment: { PATH: process.env['PATH'] ?? '' } });
  }
  return readDatabase({ makefile: r.makefile, environment: r.environment });
}
