/**
 * The receiver's side: a source that starts with whatever this browser has stored of the swarm, and stores what comes. Also
 * the sharer's after a reload, when the page has the file no more; whoever else takes over the sharer's store is a receiver.
 */
import type { InfoHash } from '../../shared/wire/ids.ts';
import { isMalformed } from '../../shared/wire/malformed.ts';
import { type Metainfo, decodeMetainfo, pieceCount } from '../../shared/wire/metainfo.ts';
import { notedStore } from './noted-store.ts';
import type { OpenSource, Source } from './session.ts';
import type { Disk, World } from './world.ts';

/** What of the world it needs. */
type StorageWorld = Pick<World, 'openStores' | 'openDisk' | 'hasher'>;

/** `given`: the description, when it came with a torrent file. */
export function receiverSource(world: StorageWorld, infoHash: InfoHash, given: Metainfo | null = null): Source {
  return { calls: true, open: () => openReceiver(world, infoHash, given) };
}

async function openReceiver(world: StorageWorld, infoHash: InfoHash, given: Metainfo | null): Promise<OpenSource> {
  const stores = await world.openStores();
  const claim = await stores.claim(infoHash);
  const disk = await world.openDisk(claim.storeId);
  const stored = await storedMetainfo(world, disk, infoHash);
  if (stored === null && given !== null) await disk.writeMetainfo(given.infoBytes);
  const metainfo = stored ?? given;
  // Without a description, nothing is known of what the pieces are.
  const have = metainfo === null ? [] : await disk.storedPieces();
  const isKept = metainfo !== null && have.length === pieceCount(metainfo.length, metainfo.pieceLength);
  const store = notedStore({ disk, metainfo, have, note: (note) => stores.note(claim.storeId, note) });
  return {
    role: claim.isSharers ? 'sharer' : 'receiver',
    store,
    metainfo,
    have,
    onMetainfo: (fresh) => {
      store.describe(fresh);
      // If this fails, a reload asks the neighbours again.
      disk.writeMetainfo(fresh.infoBytes).catch(() => undefined);
    },
    localCopy: () => ({ kind: claim.isSharers && isKept ? 'kept' : 'none' }),
    part: disk.part,
    choice: metainfo === null ? null : await disk.readChoice(),
    onChoice: (numbers) => {
      // If this fails, a reload fetches everything.
      disk.writeChoice(numbers).catch(() => undefined);
    },
    close: async () => {
      await disk.close();
      claim.release();
    },
  };
}

/** The description in the store, compared with the link again: a browser's disk is not to be trusted more than a neighbour. */
async function storedMetainfo(world: StorageWorld, disk: Disk, infoHash: InfoHash): Promise<Metainfo | null> {
  const infoBytes = await disk.readMetainfo();
  if (infoBytes === null || !(await world.hasher.metadataMatches(infoBytes, infoHash))) return null;
  const metainfo = decodeMetainfo(infoBytes);
  return isMalformed(metainfo) ? null : metainfo;
}
