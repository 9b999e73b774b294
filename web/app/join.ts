/** The receiver's side: a source that starts with whatever this browser has stored of the swarm, and stores what comes. */
import type { InfoHash } from '../../shared/wire/ids.ts';
import { isMalformed } from '../../shared/wire/malformed.ts';
import { type Metainfo, decodeMetainfo, pieceCount } from '../../shared/wire/metainfo.ts';
import type { OpenSource, Source } from './session.ts';
import type { Disk, World } from './world.ts';

export function receiverSource(world: World, infoHash: InfoHash): Source {
  return { open: () => openReceiver(world, infoHash) };
}

async function openReceiver(world: World, infoHash: InfoHash): Promise<OpenSource> {
  const stores = await world.openStores();
  const claim = await stores.claim(infoHash);
  const disk = await world.openDisk(claim.storeId);
  const { isShared } = (await stores.list()).find(({ storeId }) => storeId === claim.storeId) ?? { isShared: false };
  const metainfo = await storedMetainfo(world, disk, infoHash);
  const note = ({ name, length }: Metainfo, storedBytes: number): void => {
    stores.note(claim.storeId, { name, length, storedBytes }).catch(() => undefined);
  };
  let known = metainfo;
  // Without a description, nothing is known of what the pieces are.
  const have = metainfo === null ? [] : await disk.storedPieces();
  const isKept = metainfo !== null && have.length === pieceCount(metainfo.length, metainfo.pieceLength);
  return {
    role: isShared ? 'sharer' : 'receiver',
    store: disk,
    metainfo,
    have,
    onMetainfo: (fresh) => {
      known = fresh;
      note(fresh, 0);
      // If this fails, a reload asks the neighbours again.
      disk.writeMetainfo(fresh.infoBytes).catch(() => undefined);
    },
    onStored: (bytes) => known && note(known, bytes),
    localCopy: () => ({ kind: isShared && isKept ? 'kept' : 'none' }),
    blobs: async (count) => disk.blobs(count),
    close: async () => {
      await disk.close();
      claim.release();
    },
  };
}

/** The description in the store, compared with the link again: a browser's disk is not to be trusted more than a neighbour. */
async function storedMetainfo(world: World, disk: Disk, infoHash: InfoHash): Promise<Metainfo | null> {
  const infoBytes = await disk.readMetainfo();
  if (infoBytes === null || !(await world.hasher.metadataMatches(infoBytes, infoHash))) return null;
  const metainfo = decodeMetainfo(infoBytes);
  return isMalformed(metainfo) ? null : metainfo;
}
