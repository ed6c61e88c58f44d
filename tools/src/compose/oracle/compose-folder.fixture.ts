import { mkdir, mkdtemp, realpath, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

/** A workspace of compose files for a test; it goes away with the test. */
export interface ComposeFolder extends AsyncDisposable {
  readonly root: string;
  write(files: Readonly<Record<string, string>>): Promise<void>;
}

export async function composeFolder(files: Readonly<Record<string, string>> = {}): Promise<ComposeFolder> {
  const root = await realpath(await mkdtemp(join(tmpdir(), 'compose-')));
  const folder: ComposeFolder = {
    root,
    async write(more) {
      for (const [name, text] of Object.entries(more)) {
        await mkdir(dirname(join(root, name)), { recursive: true });
        await writeFile(join(root, name), text);
      }
    },
    async [Symbol.asyncDispose]() {
      await rm(root, { recursive: true, force: true });
    },
  };
  await folder.write(files);
  return folder;
}
