import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, test } from 'vitest';
import { checkRepository } from './check-repository.ts';
import type { Comparison } from './comparison.ts';
import { findMakefiles } from './find-makefiles.ts';

test('every Makefile is read twice, in a copy that leaves the repository as it was', async () => {
  const folder = await mkdtemp(path.join(tmpdir(), 'corpus-spec-'));
  try {
    await mkdir(path.join(folder, 'sub/node_modules/x'), { recursive: true });
    await writeFile(
      path.join(folder, 'Makefile'),
      '.PHONY: all\nall: $(shell echo a b)\nX := $(shell touch ran)\n',
    );
    await writeFile(path.join(folder, 'sub/makefile'), 'nonsense\n');
    await writeFile(path.join(folder, 'sub/node_modules/x/Makefile'), 'all:\n');
    expect(await findMakefiles(folder)).toEqual(['Makefile', 'sub/makefile']);
    const comparisons: Comparison[] = [];
    for await (const comparison of checkRepository(folder)) comparisons.push(comparison);
    expect(
      comparisons.map(({ makefile, verdict, differences }) => ({ makefile, verdict, differences })),
    ).toEqual([
      { makefile: 'Makefile', verdict: 'equal', differences: [] },
      { makefile: 'sub/makefile', verdict: 'rejected', differences: [] },
    ]);
    expect((await readdir(folder)).toSorted()).toEqual(['Makefile', 'sub']);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
});
