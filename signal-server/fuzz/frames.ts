/** Frames that a server may get from anybody: rightful ones, the same with something broken, and noise. From a seed. */
import { type Random, randomBelow, randomBytes, randomPick } from '../../shared/base/random.ts';
import type { InfoHash, PeerId } from '../../shared/wire/ids.ts';
import { encodeClientMessage } from '../../shared/wire/signal-codec.ts';
import type { AnnounceEvent, ClientMessage, OfferId } from '../../shared/wire/signal-message.ts';

/** Whom the frames speak of. Few, so that they meet: what one socket begins, another one ends, or tries to. */
export interface Cast {
  readonly infoHashes: readonly InfoHash[];
  readonly peerIds: readonly PeerId[];
  readonly offerIds: readonly OfferId[];
}

const numbered = (digit: string, count: number): string[] =>
  Array.from({ length: count }, (_, index) => index.toString(16).padStart(40, digit));

/** The first swarm is that of the honest pair, whose peer ids are the first two: attackers may know all that. */
export const CAST: Cast = {
  infoHashes: numbered('f', 3) as InfoHash[],
  peerIds: numbered('b', 12) as PeerId[],
  offerIds: numbered('c', 30) as OfferId[],
};

export type Frame = string | Uint8Array;

const EVENTS: readonly AnnounceEvent[] = ['started', 'update', 'completed', 'stopped', 'paused'];

/** Values that code may not expect in a field. */
const ODD_VALUES: readonly unknown[] = [
  null,
  true,
  -1,
  1e308,
  0.5,
  '',
  'x'.repeat(20),
  '\u{1F4A9}'.repeat(10),
  '\uD800',
  [],
  [[[[]]]],
  {},
  { length: 20 },
  { type: 'offer' },
  { type: 'answer', sdp: 1 },
  { toString: 'x' },
];

/** Fields that no message has, or that objects have without being asked. */
const ODD_NAMES = ['__proto__', 'constructor', 'toString', 'offers', 'answer', 'trackerid', 'neighbours', 'event', ''];

/** Tokens that a parser of JSON may stumble over. */
const ODD_TEXTS = ['', '{', '[', '"', '{"a":', 'nul', '1e999999', '[1,]', '{"action":"announce",}', '\0', '﻿{}'];

/** The next frame. */
export function makeFrame(random: Random, cast: Cast): Frame {
  const draw = randomBelow(random, 100);
  if (draw < 25) return encodeClientMessage(makeMessage(random, cast));
  if (draw < 60) return JSON.stringify(withOddFields(random, cast));
  if (draw < 80) return withOddCharacters(random, encodeClientMessage(makeMessage(random, cast)));
  if (draw < 85) return nested(randomBelow(random, 5000));
  if (draw < 90) return randomPick(random, ODD_TEXTS);
  if (draw < 95) return randomBytes(random, randomBelow(random, 300));
  return String.fromCharCode(...randomBytes(random, randomBelow(random, 300)));
}

/** A message that breaks no rule of form. */
function makeMessage(random: Random, { infoHashes, peerIds, offerIds }: Cast): ClientMessage {
  const session = {
    infoHash: randomPick(random, infoHashes),
    peerId: randomPick(random, peerIds),
    toPeerId: randomPick(random, peerIds),
    offerId: randomPick(random, offerIds),
  };
  const draw = randomBelow(random, 10);
  if (draw < 3) return { kind: randomPick(random, ['offer', 'answer'] as const), ...session, sdp: 'v=0' };
  if (draw < 4) return { kind: 'decline', ...session };
  if (draw < 5) return { kind: 'scrape', infoHashes: infoHashes.slice(0, randomBelow(random, infoHashes.length + 1)) };
  return {
    kind: 'announce',
    infoHash: session.infoHash,
    peerId: session.peerId,
    event: randomPick(random, EVENTS),
    uploaded: randomBelow(random, 1000),
    downloaded: randomBelow(random, 1000),
    left: randomPick(random, [null, 0, 1]),
    offersWanted: randomBelow(random, 10),
    offers: offerIds.slice(0, randomBelow(random, 4)).map((offerId) => ({ offerId, sdp: 'v=0' })),
    neighboursWanted: randomPick(random, [null, 0, 50, 100]),
    trackerId: randomPick(random, [null, 'a guess', '0'.repeat(32)]),
  };
}

/** A message of which some fields are gone, odd, or of another message. */
function withOddFields(random: Random, cast: Cast): Record<string, unknown> {
  const fields = fieldsOf(makeMessage(random, cast));
  const others = fieldsOf(makeMessage(random, cast));
  for (let change = randomBelow(random, 3); change >= 0; change -= 1) {
    const name = randomPick(random, [...Object.keys(fields), ...ODD_NAMES]);
    const draw = randomBelow(random, 3);
    if (draw === 0) delete fields[name];
    else fields[name] = draw === 1 ? randomPick(random, ODD_VALUES) : (others[name] ?? fields);
    // A cycle cannot be written down; a field that holds the whole message can.
    if (fields[name] === fields) fields[name] = { ...fields, [name]: null };
  }
  return fields;
}

function fieldsOf(message: ClientMessage): Record<string, unknown> {
  return JSON.parse(encodeClientMessage(message)) as Record<string, unknown>;
}

/** The text with a piece cut out, doubled, or overwritten by noise. */
function withOddCharacters(random: Random, text: string): string {
  const from = randomBelow(random, text.length);
  const to = from + randomBelow(random, Math.min(20, text.length - from));
  const noise = String.fromCharCode(...randomBytes(random, to - from));
  const middle = randomPick(random, ['', text.slice(from, to).repeat(2), noise]);
  return text.slice(0, from) + middle + text.slice(to);
}

/** Lists in lists: some parsers fall off the stack. */
function nested(depth: number): string {
  return `{"action":"announce","info_hash":${'['.repeat(depth)}${']'.repeat(depth)}}`;
}
