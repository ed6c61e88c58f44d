export { createSnapshot, type CreateOptions } from './create-snapshot.ts';
export { deleteSnapshot } from './delete-snapshot.ts';
export { findSnapshot, findSnapshots, type PlacedSnapshot, type SnapshotFilter } from './find-snapshots.ts';
export { renderSnapshots, snapshotDocument } from './render-snapshots.ts';
export { restoreSnapshot, type RestoreOutcome, type RestoreRequest } from './restore-snapshot.ts';
export { actOnSnapshots, type SnapshotRequest, type SnapshotResult } from './snapshot-actions.ts';
export type { SnapshotInvocation } from './snapshot-request.ts';
export { snapshotsFolder } from './snapshot-folder.ts';
export type { SnapshotRecord, StoredSnapshot } from './snapshot.ts';
