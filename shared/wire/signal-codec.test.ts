/** Proves that frames of stock WebTorrent clients and trackers are read rightly, and that no text breaks the codec. */
import * as fc from 'fast-check';
import { expect, test } from 'vitest';

import { type InfoHash, type PeerId, infoHashFromBytes, peerIdFromBytes } from './ids.ts';
import {
  NEIGHBOURS_PER_ANNOUNCE_MAX,
  OFFERS_PER_ANNOUNCE_MAX,
  REASON_CHARS_MAX,
  SCRAPE_HASHES_MAX,
  SDP_CHARS_MAX,
  SIGNAL_FRAME_BYTES_MAX,
} from './limits.ts';
import { isMalformed } from './malformed.ts';
import { decodeClientMessage, decodeServerMessage, encodeClientMessage, encodeServerMessage } from './signal-codec.ts';
import type { ClientMessage, OfferId, ServerMessage } from './signal-message.ts';

const SEED = 20_260_101;

/** Twenty characters, one a byte: `x`, then bytes that UTF-8 would spell with two. */
const binary = (mark: string): string => mark + '\u00ff\u0080\u0000'.padEnd(19, mark);
const hex = (mark: string): string => Buffer.from(binary(mark), 'latin1').toString('hex');
const infoHash = hex('i') as InfoHash;
const peerId = hex('p') as PeerId;
const otherPeer = hex('q') as PeerId;
const offerId = hex('o') as OfferId;

/** A stock client's announce (bittorrent-tracker, lib/client/websocket-tracker.js) with some fields changed. */
function stockAnnounce(changes: object): string {
  return JSON.stringify({
    numwant: 5,
    uploaded: 0,
    downloaded: 0,
    left: null,
    event: 'started',
    action: 'announce',
    info_hash: binary('i'),
    peer_id: binary('p'),
    offers: [{ offer: { type: 'offer', sdp: 'v=0' }, offer_id: binary('o') }],
    ...changes,
  });
}

/** The fields of an offer for one peer. */
function directed(sdp: string): object {
  return { offer: { type: 'offer', sdp }, offer_id: binary('o'), to_peer_id: binary('q') };
}

/** A scrape response about this many swarms. */
function scrapedFrame(count: number): string {
  const names = Array.from({ length: count }, (_, index) => String(index).padStart(20, 'i'));
  const counts = { complete: 1, incomplete: 2, downloaded: 3 };
  return JSON.stringify({ action: 'scrape', files: Object.fromEntries(names.map((name) => [name, counts])) });
}

test('[S1] a stock announce is read, its ids as bytes', () => {
  expect(decodeClientMessage(stockAnnounce({ left: 7 }))).toEqual({
    kind: 'announce',
    infoHash,
    peerId,
    event: 'started',
    uploaded: 0,
    downloaded: 0,
    left: 7,
    offersWanted: 5,
    offers: [{ offerId, sdp: 'v=0' }],
    neighboursWanted: null,
    trackerId: null,
  });
});

test.each([
  ['too short', binary('i').slice(1)],
  ['too long', `${binary('i')}i`],
  ['beyond one byte', `\u0100${binary('i').slice(1)}`],
  ['not a string', 20],
  ['absent', undefined],
])('[S1] an info hash that is %s is refused, as an announce', (_, id) => {
  const refusal = decodeClientMessage(stockAnnounce({ info_hash: id }));
  expect(refusal).toMatchObject({ kind: 'malformed', action: 'announce', infoHash: null });
});

test.each([
  ['a peer id too short', { peer_id: 'short' }],
  ['an unknown event', { event: 'empty' }],
  ['offers that are no list', { offers: { length: 1 } }],
  ['an offer without SDP', { offers: [{ offer: { type: 'offer' }, offer_id: binary('o') }] }],
  ['an offer of type answer', { offers: [{ offer: { type: 'answer', sdp: 'v=0' }, offer_id: binary('o') }] }],
  ['an offer without offer_id', { offers: [{ offer: { type: 'offer', sdp: 'v=0' } }] }],
  ['an answer to nobody', { answer: { type: 'answer', sdp: 'v=0' }, offer_id: binary('o') }],
  ['an answer without offer_id', { answer: { type: 'answer', sdp: 'v=0' }, to_peer_id: binary('q') }],
  ['a decline to nobody', { offers: [], 'failure reason': 'No.', offer_id: binary('o') }],
  ['a decline without offer_id', { 'failure reason': 'No.', to_peer_id: binary('q') }],
  ['a decline whose reason is no text', { 'failure reason': 1, to_peer_id: binary('q'), offer_id: binary('o') }],
  ['an SDP too long', directed('v'.repeat(SDP_CHARS_MAX + 1))],
  ['an SDP that is empty', directed('')],
  ['an unknown action', { action: 'join' }],
])('[S7] %s is refused with action and info hash', (_, changes) => {
  const refusal = decodeClientMessage(stockAnnounce(changes));
  expect(refusal).toMatchObject({ kind: 'malformed', action: 'announce', infoHash });
});

test('[S8] a frame, a session description and a reason are bounded', () => {
  const padding = (length: number): string => stockAnnounce({ padding: 'a'.repeat(length) });
  const reason = 'No. '.repeat(1000);
  const refusal = JSON.stringify({ action: 'announce', info_hash: binary('i'), 'failure reason': reason });
  expect(decodeClientMessage(padding(SIGNAL_FRAME_BYTES_MAX / 2))).toMatchObject({ kind: 'announce' });
  expect(decodeClientMessage(padding(SIGNAL_FRAME_BYTES_MAX))).toMatchObject({ kind: 'malformed' });
  expect(decodeClientMessage(stockAnnounce(directed('v'.repeat(SDP_CHARS_MAX))))).toMatchObject({ kind: 'offer' });
  expect(decodeServerMessage(scrapedFrame(2 * SCRAPE_HASHES_MAX))).toHaveProperty('files.size', SCRAPE_HASHES_MAX);
  expect(decodeServerMessage(refusal)).toMatchObject({ reason: reason.slice(0, REASON_CHARS_MAX) });
});

test.each(['', '[]', 'null', '"text"', '{"action":"announce"'])(
  '[S7] a text that is no JSON object is refused: %s',
  (text) => {
    expect(decodeClientMessage(text)).toMatchObject({ kind: 'malformed', action: 'announce', infoHash: null });
    expect(decodeServerMessage(text)).toMatchObject({ kind: 'malformed' });
  },
);

test.each([
  [null, null],
  [undefined, null],
  [-1, null],
  ['0', null],
  [0, 0],
  [1.5, 1],
])('[S3] left %s is read as %s, so that unknown is never a seed', (left, expected) => {
  expect(decodeClientMessage(stockAnnounce({ left }))).toMatchObject({ left: expected });
});

test('[S3] numbers beyond reason count as nothing or as the largest exact one', () => {
  const text = stockAnnounce({ uploaded: -5 }).replace('"downloaded":0', '"downloaded":1e300');
  const huge = text.replace('"left":null', '"left":1e999');
  expect(decodeClientMessage(huge)).toMatchObject({ uploaded: 0, downloaded: Number.MAX_SAFE_INTEGER, left: null });
});

test.each([undefined, null, ''])('[S3] no event, here %s, is an update', (event) => {
  expect(decodeClientMessage(stockAnnounce({ event }))).toMatchObject({ event: 'update' });
});

test('[S3] without numwant, as many offers are wanted as are brought', () => {
  expect(decodeClientMessage(stockAnnounce({ numwant: undefined }))).toMatchObject({ offersWanted: 1 });
  expect(decodeClientMessage(stockAnnounce({ numwant: 1e6 }))).toMatchObject({ offersWanted: OFFERS_PER_ANNOUNCE_MAX });
});

test('[S8] offers, neighbours and scraped hashes are bounded', () => {
  const offer = { offer: { type: 'offer', sdp: 'v=0' }, offer_id: binary('o') };
  const many = decodeClientMessage(stockAnnounce({ offers: Array.from({ length: 99 }, () => offer), neighbours: 1e9 }));
  const scrape = JSON.stringify({
    action: 'scrape',
    info_hash: Array.from({ length: SCRAPE_HASHES_MAX + 1 }, () => binary('i')),
  });
  expect(many).toMatchObject({ neighboursWanted: NEIGHBOURS_PER_ANNOUNCE_MAX });
  expect(many).toHaveProperty('offers.length', OFFERS_PER_ANNOUNCE_MAX);
  expect(decodeClientMessage(scrape)).toMatchObject({ kind: 'malformed', action: 'scrape', infoHash: null });
});

test('[S4] a stock answer names its receiver and its offer', () => {
  const text = JSON.stringify({
    action: 'announce',
    info_hash: binary('i'),
    peer_id: binary('p'),
    to_peer_id: binary('q'),
    answer: { type: 'answer', sdp: 'v=0' },
    offer_id: binary('o'),
    trackerid: 'secret',
  });
  const answer = { kind: 'answer', infoHash, peerId, toPeerId: otherPeer, offerId, sdp: 'v=0' };
  expect(decodeClientMessage(text)).toEqual(answer);
});

test('[S4] a frame with an offer and an answer is an answer', () => {
  const answer = { ...directed('v=0'), answer: { type: 'answer', sdp: 'v=1' } };
  expect(decodeClientMessage(stockAnnounce(answer))).toMatchObject({ kind: 'answer', sdp: 'v=1' });
});

test('[S5] a directed offer is an announce frame with to_peer_id, offer and offer_id', () => {
  const offer: ClientMessage = { kind: 'offer', infoHash, peerId, toPeerId: otherPeer, offerId, sdp: 'v=0' };
  expect(JSON.parse(encodeClientMessage(offer))).toEqual({
    action: 'announce',
    info_hash: binary('i'),
    peer_id: binary('p'),
    to_peer_id: binary('q'),
    offer: { type: 'offer', sdp: 'v=0' },
    offer_id: binary('o'),
  });
});

test('[S10] a decline is an announce frame with to_peer_id, offer_id and a failure reason', () => {
  const decline: ClientMessage = { kind: 'decline', infoHash, peerId, toPeerId: otherPeer, offerId };
  const frame = {
    action: 'announce',
    info_hash: binary('i'),
    peer_id: binary('p'),
    to_peer_id: binary('q'),
    offer_id: binary('o'),
    'failure reason': 'This peer has no room for more.',
  };
  expect(JSON.parse(encodeClientMessage(decline))).toEqual(frame);
  expect(decodeClientMessage(JSON.stringify({ ...frame, 'failure reason': '' }))).toEqual(decline);
});

test('[S10] a frame with an offer or an answer is no decline, whatever else it says', () => {
  const offer = { ...directed('v=0'), 'failure reason': 'No.' };
  expect(decodeClientMessage(stockAnnounce(offer))).toMatchObject({ kind: 'offer', sdp: 'v=0' });
});

test('[S5] neighbours are asked for by count and named in the response', () => {
  const asked = decodeClientMessage(stockAnnounce({ neighbours: 50 }));
  const response = encodeServerMessage({
    kind: 'announced',
    infoHash,
    intervalSeconds: 120,
    complete: 1,
    incomplete: 2,
    neighbours: [otherPeer],
    trackerId: 'secret',
  });
  expect(asked).toMatchObject({ neighboursWanted: 50 });
  expect(JSON.parse(response)).toEqual({
    action: 'announce',
    info_hash: binary('i'),
    interval: 120,
    complete: 1,
    incomplete: 2,
    neighbours: [binary('q')],
    'tracker id': 'secret',
  });
});

test('[S6] the tracker id is echoed as trackerid, and one beyond its bound proves nothing', () => {
  expect(decodeClientMessage(stockAnnounce({ trackerid: 'secret' }))).toMatchObject({ trackerId: 'secret' });
  expect(decodeClientMessage(stockAnnounce({ trackerid: 'x'.repeat(129) }))).toMatchObject({ trackerId: null });
});

test.each([
  [binary('i'), [infoHash]],
  [
    [binary('i'), binary('q')],
    [infoHash, otherPeer],
  ],
  [undefined, []],
])('[S9] a scrape names one, several or no info hashes', (asked, infoHashes) => {
  const text = JSON.stringify({ action: 'scrape', info_hash: asked });
  expect(decodeClientMessage(text)).toEqual({ kind: 'scrape', infoHashes });
});

test('[S2] every frame of the server carries its action, and the info hash where there is one', () => {
  const refusal = { kind: 'refused', action: 'announce', infoHash, reason: 'No.', offerId } as const;
  expect(JSON.parse(encodeServerMessage(refusal))).toEqual({
    action: 'announce',
    info_hash: binary('i'),
    'failure reason': 'No.',
    offer_id: binary('o'),
  });
  expect(JSON.parse(encodeServerMessage({ ...refusal, infoHash: null }))).toMatchObject({ info_hash: '\0'.repeat(20) });
  expect(decodeServerMessage('{"info_hash":"iiiiiiiiiiiiiiiiiiii","interval":120}')).toMatchObject({
    kind: 'malformed',
  });
});

test('[S2] a stock tracker is understood: no neighbours, a warning, an interval beyond reason', () => {
  const text = JSON.stringify({
    action: 'announce',
    info_hash: binary('i'),
    interval: 1e9,
    complete: 3,
    'warning message': 'slow',
  });
  expect(decodeServerMessage(text)).toEqual({
    kind: 'announced',
    infoHash,
    intervalSeconds: 3600,
    complete: 3,
    incomplete: 0,
    neighbours: null,
    trackerId: null,
  });
});

test.each([
  [0, 1],
  [120.5, 120],
  [1e9, 3600],
  ['20', 120],
])('[S2] the interval %s is read as %s seconds', (interval, intervalSeconds) => {
  const text = JSON.stringify({ action: 'announce', info_hash: binary('i'), interval });
  expect(decodeServerMessage(text)).toMatchObject({ intervalSeconds });
});

test('[S1] every client message survives the wire', () => {
  fc.assert(
    fc.property(clientMessages(), (message) => {
      expect(decodeClientMessage(encodeClientMessage(message))).toEqual(message);
    }),
    { seed: SEED },
  );
});

test('[S1] every server message survives the wire, with action and info hash [S2]', () => {
  fc.assert(
    fc.property(serverMessages(), (message) => {
      const text = encodeServerMessage(message);
      expect(decodeServerMessage(text)).toEqual(message);
      expect(JSON.parse(text)).toHaveProperty('action');
    }),
    { seed: SEED },
  );
});

test('[S1] ids are ASCII in what the server says, whatever their bytes, so that a frame is as long as its text', () => {
  const ascii = fc.record({ message: serverMessages(), sdp: fc.constant('v=0') });
  fc.assert(
    fc.property(ascii, ({ message, sdp }) => {
      if (message.kind !== 'announced' && message.kind !== 'offer' && message.kind !== 'answer') return;
      const text = encodeServerMessage(
        message.kind === 'announced' ? { ...message, trackerId: sdp } : { ...message, sdp },
      );
      expect(Buffer.byteLength(text)).toBe(text.length);
    }),
    { seed: SEED },
  );
});

test('[S7] no text makes a decoder throw, and what it accepts can be encoded', () => {
  const fieldNames = fc.constantFrom('info_hash', 'peer_id', 'to_peer_id', 'offer', 'answer', 'offer_id', 'offers');
  const otherNames = fc.constantFrom('neighbours', 'left', 'event', 'files', 'failure reason', '__proto__', 'kind');
  const values = fc.oneof(fc.constant(binary('i')), fc.jsonValue(), fc.constant({ type: 'offer', sdp: 'v=0' }));
  const frames = fc.dictionary(fc.oneof(fieldNames, otherNames), values);
  const actions = fc.constantFrom('announce', 'scrape');
  const texts = fc.tuple(frames, actions).map(([frame, action]) => JSON.stringify({ ...frame, action }));
  fc.assert(
    fc.property(fc.oneof(texts, fc.json(), fc.string()), (text) => {
      const request = decodeClientMessage(text);
      const response = decodeServerMessage(text);
      expect(isMalformed(request) ? request.reason : encodeClientMessage(request)).not.toBe('');
      expect(isMalformed(response) ? response.reason : encodeServerMessage(response)).not.toBe('');
    }),
    { seed: SEED, numRuns: 1000 },
  );
});

function ids(): fc.Arbitrary<Uint8Array> {
  return fc.uint8Array({ minLength: 20, maxLength: 20 });
}

function swarmAndPeer() {
  return {
    infoHash: ids().map(infoHashFromBytes),
    peerId: ids().map(peerIdFromBytes),
  };
}

function session() {
  return {
    ...swarmAndPeer(),
    kind: fc.constantFrom('offer' as const, 'answer' as const),
    offerId: ids().map((bytes) => peerIdFromBytes(bytes) as string as OfferId),
    sdp: anyText(1, 50),
  };
}

function clientMessages(): fc.Arbitrary<ClientMessage> {
  const { offerId, sdp } = session();
  const announce = fc.record({
    ...swarmAndPeer(),
    kind: fc.constant('announce' as const),
    event: fc.constantFrom('started', 'completed', 'stopped', 'paused', 'update'),
    uploaded: fc.maxSafeNat(),
    downloaded: fc.maxSafeNat(),
    left: fc.option(fc.maxSafeNat()),
    offersWanted: fc.nat(OFFERS_PER_ANNOUNCE_MAX),
    offers: fc.array(fc.record({ offerId, sdp }), { maxLength: 3 }),
    neighboursWanted: fc.option(fc.nat(NEIGHBOURS_PER_ANNOUNCE_MAX)),
    trackerId: fc.option(fc.string({ minLength: 1, maxLength: 32 })),
  });
  const scrape = fc.record({
    kind: fc.constant('scrape' as const),
    infoHashes: fc.array(swarmAndPeer().infoHash, { maxLength: 5 }),
  });
  const toPeerId = swarmAndPeer().peerId;
  const decline = fc.record({ ...swarmAndPeer(), kind: fc.constant('decline' as const), toPeerId, offerId });
  return fc.oneof(announce, scrape, decline, fc.record({ ...session(), toPeerId }));
}

function serverMessages(): fc.Arbitrary<ServerMessage> {
  const { infoHash: infoHashes, peerId: peerIds } = swarmAndPeer();
  const announced = fc.record({
    kind: fc.constant('announced' as const),
    infoHash: infoHashes,
    intervalSeconds: fc.integer({ min: 1, max: 3600 }),
    complete: fc.nat(),
    incomplete: fc.nat(),
    neighbours: fc.option(fc.array(peerIds, { maxLength: 5 })),
    trackerId: fc.option(fc.string({ minLength: 1, maxLength: 32 })),
  });
  const counts = fc.record({ complete: fc.nat(), incomplete: fc.nat(), downloaded: fc.nat() });
  const scraped = fc.record({
    kind: fc.constant('scraped' as const),
    files: fc.uniqueArray(fc.tuple(infoHashes, counts), { selector: ([id]) => id }).map((pairs) => new Map(pairs)),
  });
  const refused = fc.record({
    kind: fc.constant('refused' as const),
    action: fc.constantFrom('announce', 'scrape'),
    infoHash: fc.option(infoHashes),
    reason: fc.string({ maxLength: 300 }),
    offerId: fc.option(session().offerId),
  });
  return fc.oneof(announced, scraped, refused, fc.record(session()));
}

/** Text of any characters, halves of characters included. */
function anyText(minLength: number, maxLength: number): fc.Arbitrary<string> {
  return fc.array(fc.nat(0x10ffff), { minLength, maxLength }).map((codes) => String.fromCodePoint(...codes));
}
