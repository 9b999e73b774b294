/** The sharer's store: the file itself, and its copy on disk. */
import { afterEach, expect, test, vi } from 'vitest';

import { hexFromBytes } from '../../shared/base/bytes.ts';
import { pieceIndex } from '../../shared/wire/ids.ts';
import { PIECE_BYTES } from '../../shared/wire/limits.ts';
import { fileChunkStore } from './file-source.ts';
import { createHasher } from './hasher.ts';
import { openChunkStore } from './idb-chunk-store.ts';
import { makeMetainfo } from './metainfo-maker.ts';
import { askForRoom } from './room-call.ts';
import { sharerStore } from './sharer-store.ts';
import { createFollowingClock } from './steady-clock.ts';

const LENGTH = 20 * PIECE_BYTES + 7;
const ends: (() => Promise<void> | void)[] = [];

/** A shared file of 21 pieces whose store has copied nothing yet. */
async function share() {
  const file = new File([new Uint8Array(LENGTH).map((_, index) => index >> 9)], 'a.bin');
  const files = [{ path: [file.name], file }];
  const options = { hasher: createHasher(), onProgress: () => undefined, signal: new AbortController().signal };
  const { metainfo } = await makeMetainfo({ name: file.name, isFolder: false, files }, options);
  const disk = await openChunkStore(`sharer-${ends.length}`, { storedAs: 'bytes', clock: createFollowingClock() });
  const [progress, troubles]: [number[], string[]] = [[], []];
  const store = sharerStore({
    file: fileChunkStore(files, metainfo),
    disk,
    metainfo,
    onProgress: (bytes) => progress.push(bytes),
    onTrouble: (reason) => troubles.push(reason),
  });
  ends.push(store.stop, disk.destroy);
  const until = (condition: () => boolean) => vi.waitUntil(condition, { timeout: 10_000, interval: 5 });
  return { file, metainfo, disk, store, progress, troubles, until };
}

/** Comparing long arrays item by item takes seconds. */
async function digestOf(content: Promise<Uint8Array | ArrayBuffer | null>): Promise<string> {
  const bytes = await content;
  return bytes === null ? 'nothing' : hexFromBytes(await createHasher().sha1(new Uint8Array(bytes)));
}

afterEach(async () => {
  vi.restoreAllMocks();
  for (const end of ends) await end();
});

test('pieces come from the file, the short last one too, before anything is copied', async () => {
  const { store, file } = await share();
  for (const piece of [0, 7, 20]) {
    const slice = file.slice(piece * PIECE_BYTES, (piece + 1) * PIECE_BYTES);
    expect(await digestOf(store.get(pieceIndex(piece)))).toBe(await digestOf(slice.arrayBuffer()));
  }
});

test('[D2] the copy holds every piece and the description, so that a reload can go on with it', async () => {
  const { store, disk, metainfo, progress, troubles, until } = await share();
  store.startCopying();
  await until(() => progress.at(-1) === LENGTH);
  expect(progress[0]).toBe(0);
  expect(troubles).toEqual([]);
  expect(await disk.storedPieces()).toHaveLength(21);
  expect(await disk.readMetainfo()).toEqual(metainfo.infoBytes);
  expect(await digestOf(disk.get(pieceIndex(20)))).toBe(await digestOf(store.get(pieceIndex(20))));
});

test('a copy that was stopped goes on where it was', async () => {
  const { store, disk, progress, until } = await share();
  await disk.put(pieceIndex(3), (await store.get(pieceIndex(3)))!);
  store.startCopying();
  await until(() => progress.at(-1) === LENGTH);
  expect(progress[0]).toBe(PIECE_BYTES);
});

test('a file that is gone is served from the copy', async () => {
  const { store, file, progress, until } = await share();
  store.startCopying();
  await until(() => progress.at(-1) === LENGTH);
  const before = await digestOf(store.get(pieceIndex(2)));
  const lost = vi.spyOn(file, 'slice').mockImplementation(() => {
    throw new DOMException('gone', 'NotFoundError');
  });
  expect(await digestOf(store.get(pieceIndex(2)))).toBe(before);
  expect(lost).toHaveBeenCalled();
});

test('a file that is gone before it is copied is not there, and the sharer is told', async () => {
  const { store, file, troubles, until } = await share();
  vi.spyOn(file, 'slice').mockImplementation(() => {
    throw new DOMException('gone', 'NotFoundError');
  });
  expect(await store.get(pieceIndex(2))).toBeNull();
  store.startCopying();
  await until(() => troubles.length > 0);
  expect(troubles).toEqual(['shared-file-unreadable']);
});

test('where there is not enough room nothing is copied, and the sharer is told', async () => {
  const { store, disk, troubles, until } = await share();
  vi.spyOn(navigator.storage, 'estimate').mockResolvedValue({ quota: 2 * LENGTH, usage: LENGTH });
  store.startCopying();
  await until(() => troubles.length > 0);
  expect(troubles[0]).toBe('no-room-for-copy');
  expect(await disk.storedPieces()).toEqual([]);
});

test('a copy is given up when a tab of this browser finds its storage full, unless the file itself is gone', async () => {
  const { store, disk, file, troubles, progress, until } = await share();
  store.startCopying();
  await until(() => progress.at(-1) === LENGTH);
  const gone = vi.spyOn(file, 'slice').mockImplementation(() => {
    throw new DOMException('gone', 'NotFoundError');
  });
  askForRoom();
  await until(() => gone.mock.calls.length > 0);
  expect(await disk.storedPieces()).toHaveLength(21);
  vi.restoreAllMocks();
  askForRoom();
  await until(() => troubles.length > 0);
  expect([troubles[0], progress.at(-1)]).toEqual(['no-room-for-copy', 0]);
  expect(await disk.storedPieces()).toEqual([]);
});
