import { execFileSync } from 'node:child_process';
import { mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'esbuild';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

// What these are for (databases, JavaScript, archives, the network) is never registered, so they are never loaded.
const NEVER_LOADED = [
  'sql.js',
  'quickjs-emscripten',
  '@mongodb-js/zstd',
  'node-liblzma',
  'seek-bzip',
  'undici',
  'turndown',
];

describe('the engine in one bundle', () => {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'switchyard-bundle-')));
  afterAll(() => {
    rmSync(folder, { recursive: true, force: true });
  });

  let size = 0;
  beforeAll(async () => {
    const { metafile } = await build({
      entryPoints: [join(import.meta.dirname, 'index.ts')],
      bundle: true,
      splitting: true,
      minify: true,
      metafile: true,
      platform: 'node',
      target: 'node22',
      format: 'esm',
      outdir: folder,
      outExtension: { '.js': '.mjs' },
      chunkNames: 'chunks/[name]-[hash]',
      external: NEVER_LOADED,
      banner: {
        js: "import{createRequire as switchyardRequire}from'node:module';const require=switchyardRequire(import.meta.url);",
      },
      logLevel: 'silent',
    });
    size = Object.values(metafile.outputs).reduce((sum, output) => sum + output.bytes, 0);
  });

  it('stays small', () => {
    expect(size).toBeLessThan(3_000_000);
  });

  it('works where no package is installed', () => {
    writeFileSync(join(folder, 'VERSION'), '1.2.3\n');
    const program = `
      const { createShellAnswerer } = await import('./index.mjs');
      const ask = createShellAnswerer({ root: process.cwd() });
      const commands = ['cat VERSION | tr . -', "awk -F. '{print $2}' VERSION | xargs -n1 echo", 'ls -d */'];
      for (const command of commands) {
        const answer = await ask({ command, folder: process.cwd(), environment: { PATH: process.env.PATH } });
        process.stdout.write(answer.output);
      }`;
    const said = execFileSync(process.execPath, ['--input-type=module', '--eval', program], {
      cwd: folder,
      encoding: 'utf8',
    });
    expect(said).toBe('1-2-3\n2\nchunks/\n');
  });
});
