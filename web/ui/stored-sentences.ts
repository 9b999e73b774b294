/** What a person reads of the copies that this device keeps: how many, how large, and what deleting them means. */
import type { StoredGroup } from '../app/stored-group.ts';
import { formatBytes, formatCount } from './format.ts';

/** Of all: "2 files, 36.0 MB". */
export function describeStored(files: readonly StoredGroup[]): string {
  if (files.length === 0) return 'nothing';
  const bytes = files.reduce((sum, { totalBytes }) => sum + totalBytes, 0);
  return `${formatCount(files.length, 'file', 'files')}, ${formatBytes(bytes)}`;
}

/** Of one file: how much of it is here, in how many copies, and which tabs have them open. */
export function describeCopies(file: StoredGroup): string {
  const { copies, totalBytes } = file;
  const isOne = copies.length === 1;
  const count = isOne ? '' : `${copies.length} copies, one for each tab, ${formatBytes(totalBytes)} in all`;
  return [sizeOf(file), count, whereOpen(file)].filter((part) => part !== '').join(' · ');
}

/** The question before they are deleted. */
export function describeDeletion({ copies, isMine, elsewhere }: StoredGroup): string {
  const free = copies.length - elsewhere;
  return [
    free === 1 ? 'Delete it from this device?' : `Delete ${free} copies from this device?`,
    isMine ? 'This tab leaves the swarm too.' : '',
    elsewhere > 0 ? `What is open in ${otherTabs(elsewhere)} stays.` : '',
  ]
    .filter((part) => part !== '')
    .join(' ');
}

/** The most that one copy has of the file. */
function sizeOf({ length, storedBytes }: StoredGroup): string {
  if (length === null || storedBytes >= length) return formatBytes(storedBytes);
  return `${formatBytes(storedBytes)} of ${formatBytes(length)}`;
}

function whereOpen({ copies, isMine, elsewhere }: StoredGroup): string {
  if (elsewhere === copies.length) return `open in ${otherTabs(elsewhere)}: close ${them(elsewhere)} to delete it`;
  const places = [...(isMine ? ['this tab'] : []), ...(elsewhere > 0 ? [otherTabs(elsewhere)] : [])];
  return places.length === 0 ? '' : `open in ${places.join(' and ')}`;
}

const otherTabs = (count: number): string => (count === 1 ? 'another tab' : `${count} other tabs`);
const them = (count: number): string => (count === 1 ? 'it' : 'them');
