/** Every state of a swarm has a name, and the first cause is the one that is named. */
import { expect, test } from 'vitest';

import { seconds } from '../../shared/base/time.ts';
import type { Snapshot } from '../../shared/engine/snapshot.ts';
import type { Reading } from './reading.ts';
import { type Situation, situationOf } from './situation.ts';
import { METAINFO, neighbourWith, readingWith, snapshotWith, withPieces } from './test-snapshot.ts';

const NO_WAIT = { waitedMs: 0, isLong: false };
const SOME_WAIT = { waitedMs: seconds(5), isLong: false };
const LONG_WAIT = { waitedMs: seconds(25), isLong: true };

const holder = neighbourWith({ pieces: 4, isInteresting: true });
const server = (state: Snapshot['signal']['state'], trouble: string | null = null, retryAt: number | null = null) => ({
  signal: { state, trouble, retryAt },
});

test.each<[string, Partial<Snapshot>, Situation]>([
  ['the server is being called', server('connecting'), { kind: 'connecting-to-server' }],
  ['the server has not answered yet', { swarm: null }, { kind: 'connecting-to-server' }],
  ['the server is gone', server('waiting', 'lost', 4000), { kind: 'server-gone', retryIn: 4000 }],
  ['the server is gone and called again', server('connecting', 'lost'), { kind: 'server-gone', retryIn: null }],
  ['the server refuses', server('open', 'full'), { kind: 'server-refuses', reason: 'full' }],
  ['nobody else is there', {}, { kind: 'nobody-here', isLong: false }],
  ['others are there', { swarm: { complete: 1, incomplete: 1 } }, { kind: 'connecting-to-people', isLong: false }],
  ['somebody calls first', { dialling: 1 }, { kind: 'connecting-to-people', isLong: false }],
  ['a neighbour is to tell the name', { neighbours: [holder] }, { kind: 'finding-name' }],
  [
    'a neighbour has said nothing yet',
    { ...withPieces(1), neighbours: [neighbourWith({})] },
    { kind: 'just-connected' },
  ],
  [
    'a neighbour serves us',
    { ...withPieces(1), neighbours: [neighbourWith({ isInteresting: true, unchokesUs: true })] },
    { kind: 'downloading' },
  ],
  [
    'pieces came until a moment ago',
    { ...withPieces(1), neighbours: [holder], rates: { download: 5, upload: 0 } },
    { kind: 'downloading' },
  ],
  [
    'the link names something that we cannot fetch',
    { neighbours: [holder], metadataTrouble: 'A folder.' },
    { kind: 'unusable-link', reason: 'A folder.' },
  ],
  [
    'the disk is full',
    { ...withPieces(5, 2), neighbours: [holder], storageTrouble: 'No room.' },
    { kind: 'storage-full', reason: 'No room.' },
  ],
  ['the last pieces are being stored', withPieces(10, 9), { kind: 'storing' }],
  ['all is stored', withPieces(10), { kind: 'complete' }],
  [
    'all is stored and the server is gone',
    { ...withPieces(10), ...server('waiting', 'lost', 1) },
    { kind: 'complete' },
  ],
  ['the file is empty', { metainfo: { ...METAINFO, length: 0, pieceDigests: new Uint8Array() } }, { kind: 'complete' }],
])('when %s, that is the situation', (_, changes, situation) => {
  expect(situationOf(readingWith({ snapshot: snapshotWith(changes) }), NO_WAIT)).toEqual(situation);
});

test.each<[string, Partial<Snapshot>, Situation]>([
  ['all who have more serve others', { neighbours: [holder] }, { kind: 'waiting-for-turn' }],
  ['nobody shows more', { neighbours: [neighbourWith({ pieces: 1 })] }, { kind: 'waiting-for-pieces', isStuck: false }],
])('when %s for a while, that is the situation', (_, changes, situation) => {
  const snapshot = snapshotWith({ ...withPieces(1), ...changes });
  expect(situationOf(readingWith({ snapshot }), SOME_WAIT)).toEqual(situation);
});

test('nobody has the rest only after a long wait, and not while a seed may hide what it has', () => {
  const among = { ...withPieces(1), neighbours: [neighbourWith({ pieces: 1 })] };
  const stuckWith = (complete: number): Situation =>
    situationOf(readingWith({ snapshot: snapshotWith({ ...among, swarm: { complete, incomplete: 2 } }) }), LONG_WAIT);
  expect(stuckWith(0)).toEqual({ kind: 'waiting-for-pieces', isStuck: true });
  expect(stuckWith(1)).toEqual({ kind: 'waiting-for-pieces', isStuck: false });
});

test('a long wait makes the advice stronger', () => {
  const others = snapshotWith({ swarm: { complete: 3, incomplete: 1 } });
  expect(situationOf(readingWith({}), LONG_WAIT)).toEqual({ kind: 'nobody-here', isLong: true });
  expect(situationOf(readingWith({ snapshot: others }), LONG_WAIT)).toEqual({
    kind: 'connecting-to-people',
    isLong: true,
  });
});

test.each<[string, Partial<Reading>, Situation]>([
  ['the store is being opened', { phase: { kind: 'opening' }, snapshot: null }, { kind: 'opening' }],
  ['WebRTC is missing', { phase: { kind: 'blocked', by: 'webrtc' } }, { kind: 'no-webrtc' }],
  [
    'nothing can be stored',
    { phase: { kind: 'blocked', by: 'storage', reason: 'Private.' } },
    { kind: 'no-storage', reason: 'Private.' },
  ],
  [
    'a part of the page is missing',
    { phase: { kind: 'blocked', by: 'server' } },
    { kind: 'server-gone', retryIn: null },
  ],
  ['the person left', { phase: { kind: 'stopped' } }, { kind: 'stopped', isWhole: false }],
  [
    'the person left with all of it',
    { phase: { kind: 'stopped' }, snapshot: snapshotWith(withPieces(10)) },
    { kind: 'stopped', isWhole: true },
  ],
  ['we have a bug', { phase: { kind: 'crashed', reason: 'Oh' } }, { kind: 'crashed', reason: 'Oh' }],
  ['a sharer has all', { role: 'sharer', snapshot: snapshotWith(withPieces(10)) }, { kind: 'sharing' }],
])('when %s, the session says so', (_, changes, situation) => {
  expect(situationOf(readingWith(changes), NO_WAIT)).toEqual(situation);
});
