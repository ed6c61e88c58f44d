import { explainFileError } from './explain-file-error.ts';
import { removeLeftFiles, removeSnapshotFiles } from './snapshot-folder.ts';
import type { SnapshotInvocation } from './snapshot-request.ts';
import type { StoredSnapshot } from './snapshot.ts';
import { underLocks } from './under-locks.ts';

/** Deletes a snapshot, a broken one too. Returns how many bytes became free. */
export async function deleteSnapshot(
  { folder, name }: Pick<StoredSnapshot, 'folder' | 'name'>,
  invocation: SnapshotInvocation,
): Promise<number> {
  return underLocks(invocation, [{ name: `snapshots:${folder}`, mode: 'exclusive' }], () => {
    try {
      removeLeftFiles(folder);
      return Promise.resolve(removeSnapshotFiles(folder, name));
    } catch (error) {
      throw explainFileError(invocation.task, `the snapshot ${name} was not deleted`, error);
    }
  });
}
