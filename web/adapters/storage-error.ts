/** What went wrong with the storage of this device. */
import { troubleText } from '../../shared/base/trouble.ts';

/** `cause` as an Error whose message carries a trouble. An Error that came from here stays as it is. */
export function storageError(cause: unknown): StorageError {
  if (cause instanceof StorageError) return cause;
  const name = cause instanceof Error ? cause.name : '';
  if (name === 'QuotaExceededError') {
    return new StorageError(troubleText('no-room'));
  }
  if (name === 'InvalidStateError' || name === 'SecurityError') {
    return new StorageError(troubleText('storage-forbidden'));
  }
  const detail = cause instanceof Error && cause.message !== '' ? cause.message : name;
  return new StorageError(troubleText('cannot-store', detail));
}

export class StorageError extends Error {
  override readonly name = 'StorageError';
}
