import { expect, test } from 'vitest';

import { describeFailure, failuresAmong } from './batch.ts';
import { randomMakefile } from './random-makefile.ts';

test('nx does with 500 random Makefiles what make does with them', { timeout: 280_000 }, async () => {
  const failures = await failuresAmong(Array.from({ length: 500 }, (_, index) => randomMakefile(index + 1)));
  expect(failures.map(describeFailure).join('\n')).toBe('');
});
