/** What this device keeps of one file: every tab that had the link has a copy of its own, but a person thinks of one file. */
import type { InfoHash } from '../../shared/wire/ids.ts';
import type { StoredFile } from './world.ts';

/** One entry of "Stored on this device". */
export interface StoredGroup {
  readonly infoHash: InfoHash;
  /** null until a neighbour told. */
  readonly name: string | null;
  /** Of the whole file, in bytes. */
  readonly length: number | null;
  /** Of the fullest copy, in bytes. */
  readonly storedBytes: number;
  /** What all copies together take, in bytes. */
  readonly totalBytes: number;
  /** When one of them was last opened, or grew, in milliseconds since 1970. */
  readonly usedAt: number;
  /** A tab of this device shared it. */
  readonly isShared: boolean;
  /** Some live tab has one of them open. */
  readonly isOpen: boolean;
  /** This tab has one of them. */
  readonly isMine: boolean;
  /** How many of them other tabs have open, and so cannot be deleted from here. */
  readonly elsewhere: number;
  /** At least one, the fullest first. */
  readonly copies: readonly StoredFile[];
}

/** The files of which anything is here, those that take most first; of equal ones in an order that stays. */
export function groupStored(all: readonly StoredFile[]): StoredGroup[] {
  // A link that nobody serves has a store as well, in which there is nothing that a person could know.
  const stored = all.filter(({ name, storedBytes }) => name !== null || storedBytes > 0);
  const infoHashes = new Set(stored.map(({ infoHash }) => infoHash));
  return Array.from(infoHashes, (infoHash) =>
    groupOf(
      infoHash,
      stored.filter((one) => one.infoHash === infoHash),
    ),
  ).sort((a, b) => b.totalBytes - a.totalBytes || a.infoHash.localeCompare(b.infoHash));
}

/** Whether some other tab has the copy open. */
export const isElsewhere = ({ isMine, isInUse }: StoredFile): boolean => isInUse && !isMine;

function groupOf(infoHash: InfoHash, copies: StoredFile[]): StoredGroup {
  copies.sort((a, b) => b.storedBytes - a.storedBytes);
  const told = copies.find(({ name }) => name !== null);
  return {
    infoHash,
    name: told?.name ?? null,
    length: told?.length ?? null,
    storedBytes: copies[0].storedBytes,
    totalBytes: copies.reduce((sum, { storedBytes }) => sum + storedBytes, 0),
    usedAt: Math.max(...copies.map(({ updatedAt }) => updatedAt)),
    // Records from before this was noted do not say.
    isShared: copies.some(({ isShared }) => isShared),
    isOpen: copies.some(({ isInUse }) => isInUse),
    isMine: copies.some(({ isMine }) => isMine),
    elsewhere: copies.filter(isElsewhere).length,
    copies,
  };
}
