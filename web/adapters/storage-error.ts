/** What went wrong with the storage of this device, in words for a person. */

/** `cause` as an Error whose message a person can act on. An Error that came from here stays as it is. */
export function storageError(cause: unknown): StorageError {
  if (cause instanceof StorageError) return cause;
  const name = cause instanceof Error ? cause.name : '';
  if (name === 'QuotaExceededError') {
    return new StorageError(
      'There is no room left on this device for more of the file. Free some space, and it goes on by itself.',
    );
  }
  if (name === 'InvalidStateError' || name === 'SecurityError') {
    return new StorageError(
      'This browser does not let the page store anything. Private windows and strict settings can be the cause.',
    );
  }
  const detail = cause instanceof Error && cause.message !== '' ? ` (${cause.message})` : '';
  return new StorageError(`The browser could not store a part of the file on this device${detail}.`);
}

export class StorageError extends Error {
  override readonly name = 'StorageError';
}
