/** What the clients of the bench say, as our codec writes it, which stock servers read as well. Ids are as clients make them. */
import { createHash } from 'node:crypto';

import { type InfoHash, type PeerId, parseInfoHash, parsePeerId } from '../../shared/wire/ids.ts';
import { encodeClientMessage } from '../../shared/wire/signal-codec.ts';
import type { ClientMessage, OfferId } from '../../shared/wire/signal-message.ts';

/** As long as Chromium's description of a data channel with a few candidates. */
const SDP_CHARS = 700;

const NOTHING = { uploaded: 0, downloaded: 0, left: 1, trackerId: null } as const;

/** A digest, whose bytes may be any. */
export const swarmOf = (number: number): InfoHash => parseInfoHash(digest('swarm', number).toString('hex'))!;

/** As most clients have it: their name and version, then twelve characters of ASCII (BEP 20). */
export function peerOf(client: number): PeerId {
  const name = `-TS0100-${digest('peer', client).toString('base64').slice(0, 12)}`;
  return parsePeerId(Buffer.from(name).toString('hex'))!;
}

/** With so many offers, all different from those of other turns; `neighbours` asks for as many by name. */
export function announce(
  swarm: number,
  client: number,
  { turn = 0, offers = 0, neighbours = null }: { turn?: number; offers?: number; neighbours?: number | null } = {},
): string {
  return encodeClientMessage({
    kind: 'announce',
    infoHash: swarmOf(swarm),
    peerId: peerOf(client),
    event: turn === 0 ? 'started' : 'update',
    ...NOTHING,
    offersWanted: offers,
    offers: Array.from({ length: offers }, (_, index) => ({
      offerId: offerOf(client, turn * offers + index),
      sdp: SDP,
    })),
    neighboursWanted: neighbours,
  });
}

/** Directed at one peer. `note` stands at the end of its description. */
export function offer(
  swarm: number,
  client: number,
  to: { readonly client: number; readonly turn: number; note?: string },
): string {
  const message: ClientMessage = {
    kind: 'offer',
    infoHash: swarmOf(swarm),
    peerId: peerOf(client),
    toPeerId: peerOf(to.client),
    offerId: offerOf(client, to.turn),
    sdp: SDP + (to.note ?? ''),
  };
  return encodeClientMessage(message);
}

const SDP = 'v=0\r\n'.padEnd(SDP_CHARS, 'a=candidate:1 1 udp 2122260223 192.0.2.1 54321 typ host generation 0\r\n');

/** Random bytes, as stock clients draw them. */
function offerOf(client: number, turn: number): OfferId {
  return digest(`offer ${client}`, turn).toString('hex') as OfferId;
}

function digest(kind: string, number: number): Buffer {
  return createHash('sha1').update(`${kind} ${number}`).digest();
}

/** Of frames that came: the response to an announce, and an offer of somebody. */
export const isResponse = (frame: Buffer): boolean => frame.includes('"interval"');
export const isOffer = (frame: Buffer): boolean => frame.includes('"offer_id"');
