import { expect, test } from 'vitest';

import { describeFinding, findingsAmong } from './batch.ts';
import { randomMakefile } from './random-makefile.ts';

test('nx does with 500 random Makefiles what make does with them', { timeout: 280_000 }, async () => {
  const findings = await findingsAmong(Array.from({ length: 500 }, (_, index) => randomMakefile(index + 1)));
  const failures = findings.filter(({ differences }) => differences.length > 0);
  expect(failures.map(describeFinding).join('\n')).toBe('');
});
