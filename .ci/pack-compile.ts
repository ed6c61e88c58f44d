import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

import ts from 'typescript';

/** One package to compile. */
export interface Compilation {
  /** The workspace, where tsconfig.base.json is. */
  readonly root: string;
  /** The package's folder. */
  readonly folder: string;
  /** Sources to compile; what they import comes along. */
  readonly sources: readonly string[];
  /** Where the `.js` and `.d.ts` go, under their path within the package. */
  readonly destination: string;
  /** Declarations of the packages compiled before, by import name, as `paths` of a tsconfig. */
  readonly paths: Readonly<Record<string, string[]>>;
}

/** `new URL('./worker.ts', import.meta.url)` names a source that is a `.js` once published. */
const SOURCE_URL = /(new URL\(\s*(['"])\.{1,2}\/[^'"\n]+)\.ts(\2\s*,\s*import\.meta\.url)/g;

const HOST: ts.FormatDiagnosticsHost = {
  getCanonicalFileName: (name) => name,
  getCurrentDirectory: () => process.cwd(),
  getNewLine: () => '\n',
};

function optionsOf({ root, folder, destination, paths }: Compilation): ts.CompilerOptions {
  const base = join(root, 'tsconfig.base.json');
  const read: { config?: unknown; error?: ts.Diagnostic } = ts.readConfigFile(base, (path) =>
    ts.sys.readFile(path),
  );
  if (read.error !== undefined) throw new Error(ts.formatDiagnostic(read.error, HOST));
  const config = typeof read.config === 'object' ? { ...read.config, files: [] } : {};
  return {
    ...ts.parseJsonConfigFileContent(config, ts.sys, root).options,
    noEmit: false,
    noEmitOnError: true,
    declaration: true,
    rootDir: folder,
    outDir: destination,
    paths: { ...paths },
    typeRoots: [join(root, 'node_modules/@types')],
  };
}

/** Compiles a package to JavaScript and declarations; throws with the compiler's own messages when it cannot. */
export function compile(compilation: Compilation): void {
  const program = ts.createProgram([...compilation.sources], optionsOf(compilation));
  const { diagnostics } = program.emit(undefined, (path, text) => {
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, text.replaceAll(SOURCE_URL, '$1.js$3'));
  });
  const problems = ts.sortAndDeduplicateDiagnostics([...ts.getPreEmitDiagnostics(program), ...diagnostics]);
  if (problems.length > 0) {
    throw new Error(`${compilation.folder} does not compile:\n${ts.formatDiagnostics(problems, HOST)}`);
  }
}

/** The names that a JavaScript file imports, statically or with a literal `import()`. */
export function importsOf(text: string): readonly string[] {
  return ts.preProcessFile(text, true, true).importedFiles.map(({ fileName }) => fileName);
}
