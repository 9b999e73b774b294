/** Frames with descriptions that are passed on unread, against the codec of the tabs, which reads them. */
import * as fc from 'fast-check';
import { expect, test } from 'vitest';

import { seededRandom } from '../shared/base/random.ts';
import { isMalformed } from '../shared/wire/malformed.ts';
import { decodeClientMessage, decodeServerMessage, encodeClientMessage } from '../shared/wire/signal-codec.ts';
import type { ClientMessage, OfferId } from '../shared/wire/signal-message.ts';
import { decodeFrame, encodeFrame } from './frame-codec.ts';
import { CAST, makeFrame } from './fuzz/frames.ts';
import { announce, offer, peer, swarm } from './test-tracker.ts';

const SEED = 20_261_126;

const OFFER = {
  kind: 'offer',
  infoHash: swarm('film'),
  peerId: peer('a'),
  toPeerId: peer('b'),
  offerId: offer('o'),
} as const;

const decoded = (text: string): ReturnType<typeof decodeFrame> => decodeFrame(Buffer.from(text));

/** What a tab reads in the frame for a message. */
function heard(message: Parameters<typeof encodeFrame>[0]): ReturnType<typeof decodeServerMessage> {
  const parts = encodeFrame(message).map((part) => (typeof part === 'string' ? Buffer.from(part, 'latin1') : part));
  return decodeServerMessage(Buffer.concat(parts).toString());
}

/** The message with descriptions read: what the codec of the tabs makes of the same frame. */
function read(message: ReturnType<typeof decodeFrame>): ReturnType<typeof decodeClientMessage> {
  const text = (sdp: string): string => JSON.parse(`"${Buffer.from(sdp, 'latin1').toString()}"`) as string;
  if (message.kind === 'offer' || message.kind === 'answer') return { ...message, sdp: text(message.sdp) };
  if (message.kind !== 'announce') return message;
  return { ...message, offers: message.offers.map(({ offerId, sdp }) => ({ offerId, sdp: text(sdp) })) };
}

const sdps = fc.oneof(
  fc.string({ minLength: 1, unit: 'binary' }),
  fc.constantFrom('v=0\r\n', '"', '\\', '"sdp":"', '\\"sdp":"', '\u0000', '\ud800', 'é', '😀'),
);

test('a description arrives as it was sent, whatever is in it, however JSON writes it', () => {
  const spaces = fc.constantFrom(undefined, 1, '\t');
  fc.assert(
    fc.property(sdps, spaces, (sdp, space) => {
      const frame = JSON.stringify(JSON.parse(encodeClientMessage({ ...OFFER, sdp })), null, space);
      const message = decoded(frame);
      if (message.kind !== 'offer') return expect(message).toBe(null);
      const { toPeerId, ...relayed } = message;
      expect(toPeerId).toBe(OFFER.toPeerId);
      const { toPeerId: _, ...sent } = OFFER;
      expect(heard(relayed)).toEqual({ ...sent, sdp });
    }),
    { seed: SEED, numRuns: 1000 },
  );
});

test('each of many offers keeps its own description', () => {
  const offers = Array.from({ length: 50 }, (_, index) => ({ offerId: offer(`o${index}`), sdp: `sdp ${index}\r\n` }));
  expect(read(decoded(encodeClientMessage(announce('a', { offers }))))).toMatchObject({ offers });
});

test('an offer id of any bytes is the same for who made it and who hears it', () => {
  const ids = fc.uint8Array({ minLength: 20, maxLength: 20 }).map((bytes) => Buffer.from(bytes).toString('hex'));
  fc.assert(
    fc.property(ids, (id) => {
      const { toPeerId: _, ...message } = { ...OFFER, offerId: id as OfferId, sdp: 'v=0' };
      expect(heard(message)).toEqual(message);
    }),
    { seed: SEED },
  );
});

const SESSION: ClientMessage = { ...OFFER, sdp: 'SDP' };

/** The frame of an offer with another text in the place of its description, quotes included. */
const withSdp = (text: string): string => encodeClientMessage(SESSION).replace('"SDP"', text);

test.each([
  ['a line break', '"v=0\n"'],
  ['a control character', '"v=0\u0001"'],
  ['an escape that there is not', String.raw`"v=0\q"`],
  ['half an escape', String.raw`"v=0\u12"`],
  ['an escape of what are no digits', String.raw`"v=0\u12g4"`],
  ['no end', '"v=0'],
  ['an end that is escaped', String.raw`"v=0\"`],
  ['nothing', '""'],
  ['a number', '0'],
  ['a list', '["v=0"]'],
])('a description with %s is none, since it would be passed on', (_, text) => {
  expect(decodeClientMessage(withSdp(text)).kind).toBe('malformed');
  expect(decoded(withSdp(text)).kind).toBe('malformed');
});

test.each([
  ['every escape', String.raw`"\"\\\/\b\f\n\r\t\u00e9\uD83D\ude00"`],
  ['a name in its text', String.raw`"\"sdp\":\"v=0\""`],
  ['the longest there may be', `"${'x'.repeat(16 * 1024)}"`],
])('a description with %s is passed on letter by letter', (_, text) => {
  expect(decoded(withSdp(text))).toMatchObject({ kind: 'offer', sdp: text.slice(1, -1) });
});

test('names that only look like the one of a description are read as JSON has them', () => {
  const odd = String.raw`{"\"sdp":"x","sdp":"y","a\\":{"sdp":"z"}`;
  const frame = encodeClientMessage(SESSION).replace('{', `${odd},`);
  expect(read(decoded(frame))).toEqual(decodeClientMessage(frame));
});

test('[S7] broken frames are understood, or not, as the codec of the tabs does it', () => {
  const random = seededRandom(SEED);
  let understood = 0;
  for (let count = 0; count < 20_000; count += 1) {
    const frame = makeFrame(random, CAST);
    // Lone surrogates are no UTF-8, and never come that far.
    const text = Buffer.from(typeof frame === 'string' ? frame : 'x').toString();
    const message = read(decoded(text));
    expect(message).toEqual(decodeClientMessage(text));
    understood += Number(!isMalformed(message));
  }
  expect(understood).toBeGreaterThan(5000);
});
