/** A swarm that came by the link alone, and one that gives the info dictionary to such newcomers. */
import { expect, test } from 'vitest';
import { seconds } from '../base/time.ts';
import { METADATA_BYTES_MAX, METADATA_PIECE_BYTES } from '../wire/limits.ts';
import { LoneSwarm, type Neighbour } from './lone-swarm.test-kit.ts';
import { pieceList, metadataVerdict } from './torrent.test-kit.ts';

const INFO_BYTES = METADATA_PIECE_BYTES + 100;

/** A neighbour that says it has the dictionary. */
const holder = (lone: LoneSwarm, digits: string): Neighbour =>
  lone.meet(digits, { has: 'all', extended: { metadataBytes: INFO_BYTES } });

/** Sends all parts that were asked for, right or wrong. */
function sendParts(from: Neighbour, infoBytes: Uint8Array): void {
  for (const { part } of from.got('metadata-request')) {
    const data = infoBytes.slice(part * METADATA_PIECE_BYTES, (part + 1) * METADATA_PIECE_BYTES);
    from.says({ kind: 'metadata-data', part, totalBytes: infoBytes.byteLength, data });
  }
}

test('[M5] who comes by the link alone asks the first neighbour that has the dictionary for all its parts', () => {
  const lone = new LoneSwarm({ lacksMetainfo: true, infoBytes: INFO_BYTES });
  const newcomer = lone.meet('1', { has: 'none' });
  const [ann, bob] = [holder(lone, '2'), holder(lone, '3')];
  expect(newcomer.got('metadata-request')).toEqual([]);
  expect(ann.got('metadata-request').map(({ part }) => part)).toEqual([0, 1]);
  expect(bob.got('metadata-request')).toEqual([]);
  expect(lone.snapshot().metadata).toEqual({ bytes: 0, totalBytes: INFO_BYTES });
});

test('[M5] once the dictionary is right, what neighbours told before counts, and pieces are asked for', () => {
  const lone = new LoneSwarm({ lacksMetainfo: true, infoBytes: INFO_BYTES });
  const ann = holder(lone, '2');
  const bob = lone.meet('3', { has: pieceList(1, 2) });
  bob.says({ kind: 'have', piece: pieceList(3)[0] });
  sendParts(ann, lone.metainfo.infoBytes);
  expect(lone.snapshot().metainfo).toBe(lone.metainfo);
  expect(lone.snapshot().neighbours.map(({ pieces }) => pieces)).toEqual([4, 3]);
  expect([ann, bob].map((neighbour) => neighbour.got('interested').length)).toEqual([1, 1]);
  bob.says({ kind: 'unchoke' });
  expect(bob.requests.length).toBeGreaterThan(0);
});

test('[P6] who has anything is asked to serve before the dictionary is here, and who has nothing is not', () => {
  const lone = new LoneSwarm({ lacksMetainfo: true, infoBytes: INFO_BYTES });
  const [all, some, late, none] = [
    holder(lone, '2'),
    lone.meet('3', { has: pieceList(1, 2) }),
    lone.meet('4', { has: 'none' }),
    lone.meet('5', { has: 'none' }),
  ];
  const interests = (): number[] => [all, some, late, none].map((neighbour) => neighbour.got('interested').length);
  expect(interests()).toEqual([1, 1, 0, 0]);
  const [piece] = pieceList(3);
  late.says({ kind: 'have', piece });
  expect(interests()).toEqual([1, 1, 1, 0]);
  late.says({ kind: 'dont-have', piece });
  expect(late.got('not-interested').length).toBe(1);
});

test('[P6] who was unchoked meanwhile is asked for pieces as soon as the dictionary is here', () => {
  const lone = new LoneSwarm({ lacksMetainfo: true, infoBytes: INFO_BYTES });
  const ann = holder(lone, '2');
  ann.says({ kind: 'unchoke' });
  expect(ann.requests).toEqual([]);
  sendParts(ann, lone.metainfo.infoBytes);
  expect(ann.requests.length).toBeGreaterThan(0);
  expect(ann.got('interested').length).toBe(1);
});

test('[P6] of a dictionary that cannot be used nobody is asked for anything', () => {
  const lone = new LoneSwarm({ lacksMetainfo: true, infoBytes: INFO_BYTES, isManual: true });
  const ann = holder(lone, '2');
  sendParts(ann, new Uint8Array(INFO_BYTES));
  lone.take({ kind: 'metadata-checked', verdict: { kind: 'unusable', reason: 'No such thing.' } });
  expect(ann.got('not-interested').length).toBe(1);
  const bob = holder(lone, '3');
  expect(bob.got('interested')).toEqual([]);
});

test('[W7] a newcomer that has nothing yet stays linked when the dictionary comes', () => {
  const lone = new LoneSwarm({ lacksMetainfo: true });
  const newcomer = lone.meet('1', { has: 'none' });
  lone.take(metadataVerdict(lone.metainfo));
  expect(newcomer.isClosed).toBe(false);
  expect(newcomer.got('extended-handshake').at(-1)?.handshake.metadataBytes).toBe(100);
});

test('[M5] a neighbour that sent a wrong dictionary is banned, and another one is asked', () => {
  const lone = new LoneSwarm({ lacksMetainfo: true, infoBytes: INFO_BYTES, isManual: true });
  const [liar, bob] = [holder(lone, '2'), holder(lone, '3')];
  sendParts(liar, new Uint8Array(INFO_BYTES));
  expect(lone.ordered('check-metadata').length).toBe(1);
  expect(bob.got('metadata-request')).toEqual([]);
  lone.take(metadataVerdict(null));
  expect(liar.isClosed).toBe(true);
  expect(lone.offer(liar.peer)).toBeNull();
  expect(bob.got('metadata-request').length).toBe(2);
});

test('[M5] a liar that has left answers for its dictionary all the same', () => {
  const lone = new LoneSwarm({ lacksMetainfo: true, infoBytes: INFO_BYTES, isManual: true });
  const liar = holder(lone, '2');
  sendParts(liar, new Uint8Array(INFO_BYTES));
  liar.vanishes();
  lone.take(metadataVerdict(null));
  expect(lone.offer(liar.peer)).toBeNull();
});

test("[M5] a right dictionary that we cannot use is nobody's fault, and the person is told", () => {
  const lone = new LoneSwarm({ lacksMetainfo: true, infoBytes: INFO_BYTES, isManual: true });
  const [ann, bob] = [holder(lone, '2'), holder(lone, '3')];
  sendParts(ann, new Uint8Array(INFO_BYTES));
  lone.take({ kind: 'metadata-checked', verdict: { kind: 'unusable', reason: 'This link is for a folder.' } });
  lone.advance(seconds(10));
  expect(lone.snapshot().metadataTrouble).toBe('This link is for a folder.');
  expect([ann.isClosed, bob.got('metadata-request')]).toEqual([false, []]);
});

test('[M5] a neighbour that is silent for three seconds is not waited for', () => {
  const lone = new LoneSwarm({ lacksMetainfo: true, infoBytes: INFO_BYTES });
  const neighbours = ['2', '3', '4', '5'].map((digits) => holder(lone, digits));
  lone.advance(seconds(10));
  expect(neighbours.map((neighbour) => neighbour.got('metadata-request').length)).toEqual([2, 2, 2, 2]);
  sendParts(neighbours[3], lone.metainfo.infoBytes);
  expect(lone.snapshot().metainfo).toBe(lone.metainfo);
});

test('[M5] a neighbour that refuses is not asked again, until it tells anew that it has the dictionary', () => {
  const lone = new LoneSwarm({ lacksMetainfo: true, infoBytes: INFO_BYTES });
  const [ann, bob] = [holder(lone, '2'), holder(lone, '3')];
  ann.says({ kind: 'metadata-reject', part: 0 });
  ann.says({ kind: 'metadata-reject', part: 1 });
  bob.says({ kind: 'metadata-reject', part: 0 });
  lone.advance(seconds(30));
  expect([ann, bob].map((neighbour) => neighbour.got('metadata-request').length)).toEqual([2, 2]);
  ann.says({ kind: 'extended-handshake', handshake: { ...ANN_HAS_IT } });
  expect(ann.got('metadata-request').length).toBe(4);
});

test('[M5] a neighbour that leaves in the middle is replaced by another', () => {
  const lone = new LoneSwarm({ lacksMetainfo: true, infoBytes: INFO_BYTES });
  const [ann, bob] = [holder(lone, '2'), holder(lone, '3')];
  ann.vanishes();
  lone.advance(seconds(1));
  expect(bob.got('metadata-request').length).toBe(2);
});

test('[W9] a dictionary beyond all bounds is not asked for', () => {
  const lone = new LoneSwarm({ lacksMetainfo: true });
  const eve = lone.meet('2', { extended: { metadataBytes: METADATA_BYTES_MAX + 1 } });
  lone.advance(seconds(10));
  expect(eve.got('metadata-request')).toEqual([]);
  expect(eve.isClosed).toBe(false);
});

test('[M6] a request for a part is answered with the part', () => {
  const lone = new LoneSwarm({ have: 'all', infoBytes: INFO_BYTES });
  const newcomer = lone.meet('2');
  expect(newcomer.got('extended-handshake')[0].handshake.metadataBytes).toBe(INFO_BYTES);
  newcomer.says({ kind: 'metadata-request', part: 1 });
  const [answer] = newcomer.got('metadata-data');
  expect(answer).toMatchObject({ part: 1, totalBytes: INFO_BYTES });
  expect(answer.data).toEqual(lone.metainfo.infoBytes.slice(METADATA_PIECE_BYTES));
});

test('[M6] a request for a part that does not exist, or that we lack, is rejected', () => {
  const sharer = new LoneSwarm({ have: 'all', infoBytes: INFO_BYTES }).meet('2');
  sharer.says({ kind: 'metadata-request', part: 2 });
  expect(sharer.got('metadata-reject')).toEqual([{ kind: 'metadata-reject', part: 2 }]);
  const newcomer = new LoneSwarm({ lacksMetainfo: true }).meet('2');
  newcomer.says({ kind: 'metadata-request', part: 0 });
  expect(newcomer.got('metadata-reject').length).toBe(1);
});

test('[M6] one neighbour gets the dictionary three times at most', () => {
  const lone = new LoneSwarm({ have: 'all', infoBytes: INFO_BYTES });
  const greedy = lone.meet('2');
  for (let request = 0; request < 100; request += 1) greedy.says({ kind: 'metadata-request', part: request % 2 });
  expect(greedy.got('metadata-data').length).toBe(6);
  expect(greedy.got('metadata-reject').length).toBe(94);
});

test('[M5] an empty file is complete as soon as its dictionary is here', () => {
  const lone = new LoneSwarm({ lacksMetainfo: true, pieces: 0 });
  lone.take({ kind: 'started' });
  lone.take({ kind: 'signal-opened' });
  lone.meet('2', { has: 'none' });
  lone.take(metadataVerdict(lone.metainfo));
  expect(lone.snapshot()).toMatchObject({ pieces: { count: 0, verified: 0 }, verifiedBytes: 0, storedBytes: 0 });
  expect(lone.ordered('announce').map(({ event, left }) => [event, left])).toEqual([
    ['started', null],
    ['completed', 0],
  ]);
});

const ANN_HAS_IT = {
  hasMetadataExtension: true,
  hasDontHaveExtension: false,
  isChoosy: false,
  hasPartialExtension: false,
  metadataBytes: INFO_BYTES,
  requestQueueMax: null,
  client: null,
};
