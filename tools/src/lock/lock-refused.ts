/** A lock that can never be had the way it was asked for. */
export class LockRefused extends Error {
  override readonly name = 'LockRefused';
}
