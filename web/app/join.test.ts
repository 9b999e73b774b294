/** Which role a tab has that takes over what this browser has stored of a swarm. */
import { expect, test } from 'vitest';

import { pieceIndex } from '../../shared/wire/ids.ts';
import { decodeMetainfo } from '../../shared/wire/metainfo.ts';
import { receiverSource } from './join.ts';
import { INFO_HASH } from './test-snapshot.ts';
import type { Claim, Disk, Stores, World } from './world.ts';

const never = (): never => {
  throw new Error('This test does not get here.');
};

/** The info dictionary of a file `a` of one byte. */
const INFO_BYTES = new TextEncoder().encode(
  `d6:lengthi1e4:name1:a12:piece lengthi262144e6:pieces20:${'x'.repeat(20)}e`,
);

/** A browser in which the one store of the swarm has the pieces with these indices. */
function worldWith(stored: readonly number[], isSharers: boolean): Pick<World, 'openStores' | 'openDisk' | 'hasher'> {
  const claim: Claim = { storeId: 'a', isSharers, markSharers: never, release: () => undefined };
  const stores: Stores = { list: never, claim: () => Promise.resolve(claim), note: never, remove: never };
  const disk: Disk = {
    put: never,
    clear: never,
    get: never,
    remove: never,
    storedPieces: () => Promise.resolve(stored.map((piece) => pieceIndex(piece))),
    readChoice: () => Promise.resolve(null),
    writeChoice: never,
    readMetainfo: () => Promise.resolve(INFO_BYTES),
    writeMetainfo: never,
    part: never,
    close: () => Promise.resolve(),
  };
  return {
    openStores: () => Promise.resolve(stores),
    openDisk: () => Promise.resolve(disk),
    hasher: {
      pieceMatches: never,
      digest: never,
      blockDigest: never,
      blockDigestsMatch: never,
      metadataMatches: () => Promise.resolve(true),
    },
  };
}

test('the stored description of this test is a description', () => {
  expect(decodeMetainfo(INFO_BYTES)).toMatchObject({ name: 'a', length: 1 });
});

test.each([
  { whose: 'this tab shared', isSharers: true, stored: [0], role: 'sharer', copy: 'kept' },
  { whose: 'this tab shared and copied in part', isSharers: true, stored: [], role: 'sharer', copy: 'none' },
  { whose: 'another tab filled', isSharers: false, stored: [0], role: 'receiver', copy: 'none' },
])('with a store that $whose, a tab is a $role', async ({ isSharers, stored, role, copy }) => {
  const opened = await receiverSource(worldWith(stored, isSharers), INFO_HASH).open();
  expect([opened.role, opened.localCopy().kind]).toEqual([role, copy]);
  expect(opened.have).toEqual(stored);
});
