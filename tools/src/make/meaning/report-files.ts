import { escapeRegExp } from './name-pattern.ts';

const mostFiles = 20;
const longestLine = 500;

const reportFile =
  /^[\w./-]*(?:junit|coverage|cover|lcov|results|report)[\w./-]*\.(?:xml|json|info|out|sarif|lcov|html)$/i;

/**
 * Report files that a check's recipe names, relative to the project: `--junitxml=reports/junit.xml`. Only named files,
 * never folders: Nx removes an output before it restores it, and a folder may hold what is not the check's.
 */
export function reportFiles(recipe: readonly string[]): readonly string[] {
  const found = new Set<string>();
  for (const line of recipe) {
    if (found.size >= mostFiles) break;
    // What a variable stands for is not known here: a word with one in it names no file.
    const words = line.replaceAll(/\$(?:\([^()]*\)|\{[^{}]*\})/g, '$').split(/[\s"'=:;|&<>()]+/);
    for (const word of words) {
      if (reportFile.test(word) && !word.startsWith('/') && !word.includes('..'))
        found.add(word.replace(/^\.\//, ''));
    }
    if (/--cov-report[= ]xml(?![:\w])/.test(line)) found.add('coverage.xml');
  }
  return [...found].filter((file) => isWritten(file, recipe)).toSorted();
}

/** A file that is only read (`diff expected/report.json`) is no output: it must stand behind an option or a redirection. */
function isWritten(file: string, recipe: readonly string[]): boolean {
  if (file === 'coverage.xml') return true;
  const name = escapeRegExp(file);
  const writes = new RegExp(
    `(?:>\\s*|-o\\s+|--?[\\w-]*(?:out|output|file|xml|profile|report)[\\w-]*[= :]\\s*\\S*)(?:\\./)?${name}`,
  );
  return recipe.some((line) => line.includes(file) && writes.test(line.slice(0, longestLine)));
}
