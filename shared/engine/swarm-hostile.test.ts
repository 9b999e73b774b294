/** Neighbours that break the protocol, flood, or lie about what they have: each costs little, and none breaks anything. */
import { expect, test } from 'vitest';
import { present } from '../base/assert.ts';
import { seconds } from '../base/time.ts';
import { pieceIndex } from '../wire/ids.ts';
import { BLOCK_BYTES, REQUEST_QUEUE_MAX } from '../wire/limits.ts';
import type { BlockRef, PeerMessage } from '../wire/peer-message.ts';
import { LoneSwarm } from './lone-swarm.test-kit.ts';
import { INFO_HASH, metadataVerdict, peerNamed, PIECE_LENGTH, pieceList } from './torrent.test-kit.ts';

const block = (piece: number, offset: number, length = BLOCK_BYTES): BlockRef => ({
  piece: pieceIndex(piece),
  offset,
  length,
});

const data = (length: number): { byteLength: number } => ({ byteLength: length });

/** Four pieces of four blocks, the last one of three bytes. */
const SHAPE = { pieces: 4, lastBytes: 3 };

test.each<[string, PeerMessage]>([
  ['have of a piece that does not exist', { kind: 'have', piece: pieceIndex(4) }],
  ['dont-have of a piece that does not exist', { kind: 'dont-have', piece: pieceIndex(4) }],
  ['a bitfield that is too short', { kind: 'bitfield', bits: new Uint8Array() }],
  ['a bitfield that is too long', { kind: 'bitfield', bits: new Uint8Array(2) }],
  ['a bitfield with a spare bit set', { kind: 'bitfield', bits: Uint8Array.of(0b00001000) }],
  ['a request for a piece that does not exist', { kind: 'request', block: block(4, 0) }],
  ['a request beyond the end of a piece', { kind: 'request', block: block(0, PIECE_LENGTH - 1, 2) }],
  ['a request beyond the end of the file', { kind: 'request', block: block(3, 0, 4) }],
  ['a request for nothing', { kind: 'request', block: block(0, 0, 0) }],
  ['a request for more than a block', { kind: 'request', block: block(0, 0, BLOCK_BYTES + 1) }],
  ['a cancel beyond the end of a piece', { kind: 'cancel', block: block(0, PIECE_LENGTH) }],
  ['a reject beyond the end of a piece', { kind: 'reject', block: block(0, PIECE_LENGTH) }],
  ['a reject of a piece that does not exist', { kind: 'reject', block: block(4, 0) }],
  [
    'a block of a piece that does not exist',
    { kind: 'piece', piece: pieceIndex(4), offset: 0, data: data(BLOCK_BYTES) },
  ],
  ['a block that is too short', { kind: 'piece', piece: pieceIndex(0), offset: 0, data: data(5) }],
  ['a block between two blocks', { kind: 'piece', piece: pieceIndex(0), offset: 5, data: data(BLOCK_BYTES) }],
  ['a block that is too long', { kind: 'piece', piece: pieceIndex(3), offset: 0, data: data(4) }],
  ['a block beyond the end', { kind: 'piece', piece: pieceIndex(3), offset: BLOCK_BYTES, data: data(3) }],
])('[W11] %s ends the link', (_fault, message) => {
  const lone = new LoneSwarm({ ...SHAPE, have: pieceList(0, 3) });
  const eve = lone.meet('3', { has: 'all', unchokes: true, isInterested: true });
  const bob = lone.meet('4', { has: 'all', unchokes: true });
  eve.says(message);
  expect([eve.isClosed, bob.isClosed]).toEqual([true, false]);
  expect(lone.snapshot().neighbours.map(({ peerId }) => peerId)).toEqual([bob.peer]);
});

test('[W11] what a neighbour said before the dictionary was here is checked when it comes', () => {
  const lone = new LoneSwarm({ lacksMetainfo: true });
  const far = lone.meet('3');
  far.says({ kind: 'have', piece: pieceIndex(4) });
  const long = lone.meet('4');
  long.says({ kind: 'bitfield', bits: new Uint8Array(2) });
  const honest = lone.meet('5', { has: pieceList(3) });
  lone.take(metadataVerdict(lone.metainfo));
  expect([far.isClosed, long.isClosed, honest.isClosed]).toEqual([true, true, false]);
});

test('[R1] requests and blocks before the dictionary is here end the link', () => {
  const lone = new LoneSwarm({ lacksMetainfo: true });
  const [ann, bob] = [lone.meet('3'), lone.meet('4')];
  ann.asks(block(0, 0));
  bob.sendsBlock(block(0, 0));
  expect([ann.isClosed, bob.isClosed]).toEqual([true, true]);
});

test('[R7] of a flood of requests a thousand wait; the rest is rejected', () => {
  const lone = new LoneSwarm({ have: pieceList(0, 1) });
  const greedy = lone.meet('3', { isInterested: true });
  for (let request = 0; request < 3000; request += 1) greedy.asks(block(request % 2, 0));
  const taken = greedy.got('piece').length;
  expect(taken).toBeLessThan(20);
  expect(greedy.got('reject').length).toBe(3000 - REQUEST_QUEUE_MAX - taken);
});

test('[R6] every request of a flood gets exactly one answer in the end', () => {
  const lone = new LoneSwarm({ have: pieceList(0, 1) });
  const greedy = lone.meet('3', { isInterested: true });
  for (let request = 0; request < 1500; request += 1) greedy.asks(block(request % 2, 0));
  while (greedy.drains() > 0);
  expect(greedy.got('piece').length + greedy.got('reject').length).toBe(1500);
});

test('announcements before the dictionary is here are bounded: who sends more is closed', () => {
  const lone = new LoneSwarm({ lacksMetainfo: true });
  const flooder = lone.meet('3');
  for (let piece = 0; piece <= 65_536 && !flooder.isClosed; piece += 1) {
    flooder.says({ kind: 'have', piece: pieceIndex(piece) });
  }
  expect(flooder.isClosed).toBe(true);
});

test('[C1] turning interest on and off wins no slot that is taken', () => {
  const lone = new LoneSwarm({ have: pieceList(0, 1) });
  const served = ['1', '2', '3', '4', '5'].map((digits) => lone.meet(digits, { isInterested: true }));
  const pushy = lone.meet('6', { isInterested: true });
  for (let turn = 0; turn < 50; turn += 1) {
    pushy.says({ kind: 'not-interested' });
    pushy.says({ kind: 'interested' });
  }
  expect(served.map((neighbour) => neighbour.got('choke').length)).toEqual([0, 0, 0, 0, 0]);
});

test('[C4] who says again and again that it is interested waits no shorter and no longer', () => {
  const lone = new LoneSwarm({ have: 'all', pieces: 60 });
  const crowd = ['1', '2', '3', '4', '5'].map((digits) => lone.meet(digits, { isInterested: true }));
  const first = lone.meet('6', { isInterested: true });
  lone.advance(seconds(1));
  const second = lone.meet('7', { isInterested: true });
  for (const neighbour of [first, second, first]) neighbour.says({ kind: 'interested' });
  crowd.find((neighbour) => neighbour.got('unchoke').length > 0)?.vanishes();
  expect([first.got('unchoke').length, second.got('unchoke').length]).toEqual([1, 0]);
});

test('[P6] who lies about its pieces is rejected by nobody, and is passed over when it does not deliver', () => {
  const lone = new LoneSwarm({ pieces: 2 });
  const liar = lone.meet('3', { has: 'all', unchokes: true });
  const bob = lone.meet('4', { has: pieceList(0), unchokes: true });
  lone.advance(seconds(25));
  bob.serves();
  expect(lone.snapshot().pieces.verified).toBe(1);
  expect(liar.requests.length).toBeLessThanOrEqual(1);
});

test.each<[string, PeerMessage, PeerMessage]>([
  ['everything after nothing', { kind: 'have-none' }, { kind: 'have-all' }],
  ['some after everything', { kind: 'have-all' }, { kind: 'bitfield', bits: Uint8Array.of(0x80) }],
  ['nothing after some', { kind: 'bitfield', bits: Uint8Array.of(0x80) }, { kind: 'have-none' }],
  ['all after one', { kind: 'have', piece: pieceIndex(0) }, { kind: 'bitfield', bits: Uint8Array.of(0x80) }],
])('[W7] who tells all its pieces a second time, %s, loses the link, and counts no more', (_, first, second) => {
  const lone = new LoneSwarm();
  const bob = lone.meet('3', { has: pieceList(0) });
  const fickle = lone.open(present(lone.offer(peerNamed('4')), 'a link'), peerNamed('4'));
  fickle.says({
    kind: 'handshake',
    infoHash: INFO_HASH,
    peerId: fickle.peer,
    supportsFast: true,
    supportsExtensions: true,
  });
  fickle.says(first);
  expect(fickle.isClosed).toBe(false);
  fickle.says(second);
  expect([fickle.isClosed, bob.isClosed]).toEqual([true, false]);
  expect(lone.snapshot().neighbours.map(({ pieces }) => pieces)).toEqual([1]);
  bob.vanishes();
  expect(lone.snapshot().pieces.copiesElsewhere).toBe(0);
});
