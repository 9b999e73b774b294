/** What a person reads of the copies that this device keeps: how many, how large, and what deleting them means. */
import type { StoredGroup } from '../app/stored-group.ts';
import { formatAgo } from './format-ago.ts';
import { formatBytes } from './format.ts';
import { addEnglish, say } from './language.ts';
import { enOfStored } from './messages/en-stored.ts';

addEnglish(enOfStored);

/** Of one file: what it is here, how much of it, in how many copies, which tabs have them open, or when the last one had. */
export function describeCopies(file: StoredGroup, now: number): readonly string[] {
  const { copies, totalBytes } = file;
  const count =
    copies.length === 1 ? '' : say('stored.copies', { count: copies.length, size: formatBytes(totalBytes) });
  const when = file.isOpen ? '' : say('stored.lastUsed', { when: formatAgo(file.usedAt, now) });
  return [stateOf(file), sizeOf(file), count, whereOpen(file), when].filter((part) => part !== '');
}

/** The question before they are deleted, and what it means for open tabs. */
export function describeDeletion({ copies, isMine, elsewhere }: StoredGroup): readonly string[] {
  return [
    say('stored.deleteQuestion', { count: copies.length - elsewhere }),
    isMine ? say('stored.thisTabLeaves') : '',
    elsewhere > 0 ? say('stored.elsewhereStays', { count: elsewhere }) : '',
  ].filter((part) => part !== '');
}

function stateOf({ isShared, length, storedBytes }: StoredGroup): string {
  if (isShared) return say('stored.shared');
  return length !== null && storedBytes >= length ? say('stored.complete') : say('stored.part');
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
