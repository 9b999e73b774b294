/** What a person reads of the copies that this device keeps: how many, how large, and what deleting them means. */
import type { StoredGroup } from '../app/stored-group.ts';
import { formatBytes } from './format.ts';
import { say } from './language.ts';

/** Of all: "Stored on this device: 2 files, 36.0 MB". */
export function describeStored(files: readonly StoredGroup[]): string {
  if (files.length === 0) return say('stored.titleNothing');
  const bytes = files.reduce((sum, { totalBytes }) => sum + totalBytes, 0);
  return say('stored.titleFiles', { count: files.length, size: formatBytes(bytes) });
}

/** Of one file: how much of it is here, in how many copies, and which tabs have them open. */
export function describeCopies(file: StoredGroup): readonly string[] {
  const { copies, totalBytes } = file;
  const count =
    copies.length === 1 ? '' : say('stored.copies', { count: copies.length, size: formatBytes(totalBytes) });
  return [sizeOf(file), count, whereOpen(file)].filter((part) => part !== '');
}

/** The question before they are deleted, and what it means for open tabs. */
export function describeDeletion({ copies, isMine, elsewhere }: StoredGroup): readonly string[] {
  return [
    say('stored.deleteQuestion', { count: copies.length - elsewhere }),
    isMine ? say('stored.thisTabLeaves') : '',
    elsewhere > 0 ? say('stored.elsewhereStays', { count: elsewhere }) : '',
  ].filter((part) => part !== '');
}

/** The most that one copy has of the file. */
function sizeOf({ length, storedBytes }: StoredGroup): string {
  if (length === null || storedBytes >= length) return formatBytes(storedBytes);
  return say('file.partOfSize', { part: formatBytes(storedBytes), size: formatBytes(length) });
}

function whereOpen({ copies, isMine, elsewhere }: StoredGroup): string {
  if (elsewhere === copies.length) return say('stored.closeToDelete', { count: elsewhere });
  if (elsewhere === 0) return isMine ? say('stored.openHere') : '';
  return isMine
    ? say('stored.openHereAndElsewhere', { count: elsewhere })
    : say('stored.openElsewhere', { count: elsewhere });
}
