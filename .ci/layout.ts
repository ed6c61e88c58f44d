import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import process from 'node:process';

/** What the layout allows at the root, beside dot-files. */
const rootEntries = new Set([
  ...[
    'nx.json',
    'package.json',
    'package-lock.json',
    'tsconfig.base.json',
    'README.md',
    'LICENSE',
    'CHANGELOG.md',
  ],
  ...['CONTRIBUTING.md', 'ARCHITECTURE.md', 'eslint.config.js', 'vitest.config.ts'],
  ...['tools', 'executors', 'generators', 'projects', 'test'],
]);
const longestSource = 300;
const sayingNothing = /(^|\/)(utils?|helpers?|common|misc|manager)(\.ts|\/)/;

const files = execFileSync('git', ['ls-files', '-co', '--exclude-standard'], { encoding: 'utf8' })
  .split('\n')
  .filter(Boolean);
const problems = files.flatMap((file) => {
  const [top = ''] = file.split('/');
  const found: string[] = [];
  if (!top.startsWith('.') && !rootEntries.has(top)) found.push(`${file}: not a place of the layout`);
  if (sayingNothing.test(file)) found.push(`${file}: a name that says nothing`);
  if (/\.(ts|tsx|py|mjs)$/.test(file) && !/\.spec\.|\/fixtures\/|\/files\//.test(file)) {
    const lines = readFileSync(file, 'utf8').split('\n').length - 1;
    if (lines > longestSource) found.push(`${file}: ${lines} lines, more than ${longestSource}`);
  }
  return found;
});
process.stdout.write(
  problems.length === 0 ? `${files.length} files, all in their place\n` : `${problems.join('\n')}\n`,
);
process.exitCode = problems.length === 0 ? 0 : 1;
