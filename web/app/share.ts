/** The sharer's side: a source that serves chosen files from where they lie, and keeps a copy of them in this browser. */
import { type PieceIndex, pieceIndex } from '../../shared/wire/ids.ts';
import { pieceCount } from '../../shared/wire/metainfo.ts';
import type { LocalCopy } from './reading.ts';
import type { OpenSource, Source } from './session.ts';
import type { PickedFile } from './shared-files.ts';
import type { Described, World } from './world.ts';

/** Serves `files`. The copy is what a reload goes on with; where none can be kept, it shares without. */
export function sharerSource(world: World, files: readonly PickedFile[], described: Described): Source {
  return {
    calls: false,
    open: async () => {
      try {
        return await openCopied(world, files, described);
      } catch (error) {
        return openUncopied(world, files, {
          described,
          reason: error instanceof Error ? error.message : String(error),
        });
      }
    },
  };
}

async function openCopied(
  world: World,
  files: readonly PickedFile[],
  { metainfo, infoHash }: Described,
): Promise<OpenSource> {
  const stores = await world.openStores();
  const claim = await stores.claim(infoHash);
  claim.markSharers();
  const disk = await world.openDisk(claim.storeId);
  const { name, length } = metainfo;
  let localCopy: LocalCopy = { kind: 'copying', bytes: 0 };
  const note = (storedBytes: number): Promise<void> =>
    stores.note(claim.storeId, { name, length, storedBytes, isShared: true }).catch(() => undefined);
  /** What is told of the copy, one after the other, and only when the list of what is stored says so too. */
  let told = note(0);
  const tell = (next: LocalCopy): void => {
    localCopy = next;
  };
  const store = world.copiedFileStore({
    file: world.fileStore(files, metainfo),
    disk,
    metainfo,
    onProgress: (bytes) => {
      told = told
        .then(() => note(bytes))
        .then(() => tell(bytes === length ? { kind: 'kept' } : { kind: 'copying', bytes }));
    },
    onTrouble: (reason) => {
      told = told.then(() => tell({ kind: 'failed', reason }));
    },
  });
  store.startCopying();
  return {
    ...sharing(metainfo),
    store,
    localCopy: () => localCopy,
    close: async () => {
      store.stop();
      await disk.close();
      claim.release();
    },
  };
}

function openUncopied(
  world: World,
  files: readonly PickedFile[],
  { described, reason }: { readonly described: Described; readonly reason: string },
): OpenSource {
  return {
    ...sharing(described.metainfo),
    store: world.fileStore(files, described.metainfo),
    localCopy: () => ({ kind: 'failed', reason }),
    close: () => Promise.resolve(),
  };
}

/** What sharing with and without a copy have in common. */
function sharing(
  metainfo: Described['metainfo'],
): Pick<OpenSource, 'role' | 'metainfo' | 'have' | 'onMetainfo' | 'part' | 'choice' | 'onChoice'> {
  const length = pieceCount(metainfo.length, metainfo.pieceLength);
  const have = Array.from({ length }, (_, index): PieceIndex => pieceIndex(index));
  return {
    role: 'sharer',
    metainfo,
    have,
    onMetainfo: () => undefined,
    part: null,
    choice: null,
    onChoice: () => undefined,
  };
}
