/**
 * Offers, answers and declines inside signalling frames: how two tabs that cannot reach each other yet exchange their SDP, or
 * do not.
 */
import type { InfoHash } from './ids.ts';
import { OFFERS_PER_ANNOUNCE_MAX } from './limits.ts';
import { type Malformed, malformed } from './malformed.ts';
import {
  type Fields,
  binaryId,
  binaryOfferId,
  idText,
  offerIdText,
  readList,
  readObject,
  readOfferId,
  readPeerId,
  readSdp,
} from './signal-fields.ts';
import type { BlindOffer, ClientMessage, ServerMessage } from './signal-message.ts';

/** An offer or answer as the server relays it; towards the server it also names its receiver. */
type Session = Extract<ServerMessage, { kind: 'offer' | 'answer' }>;

type Decline = Extract<ClientMessage, { kind: 'decline' }>;

/** Why a peer declines an offer, for a person. The one text there is: a stranger's own is not passed on. */
export const NO_ROOM = 'This peer has no room for more.';

/** Whether the frame carries an offer or an answer for one peer, not an announce. */
export const hasSession = (frame: Fields): boolean => isGiven(frame.offer) || isGiven(frame.answer);

/** An offer or an answer, relayed or to be relayed. The answer wins in a frame that holds both. */
export function decodeSession(frame: Fields, infoHash: InfoHash): Session | Malformed {
  const kind = isGiven(frame.answer) ? 'answer' : 'offer';
  const peerId = readPeerId(frame.peer_id);
  if (peerId === null) return malformed('The peer_id is not 20 characters of one byte each.');
  const offerId = readOfferId(frame.offer_id);
  if (offerId === null) return malformed('The offer_id is not 20 characters of one byte each.');
  const sdp = readSdp(frame[kind], kind);
  return sdp === null ? malformed(`The ${kind} is no session description.`) : { kind, infoHash, peerId, offerId, sdp };
}

/**
 * The frame that `decodeSession` reads, `more` fields included. Put together from texts, not written from an object: a server
 * passes on tens of thousands in a second.
 */
export function sessionText(session: Session, more = ''): string {
  const id = offerIdText(session.offerId);
  return `${sessionBegin(session)}${id}${SESSION_MIDDLE[session.kind]}${JSON.stringify(session.sdp)}}${more}}`;
}

/** What such a frame begins with, before the offer id as a JSON string. */
export function sessionBegin({ infoHash, peerId }: Pick<Session, 'infoHash' | 'peerId'>): string {
  return `{"action":"announce","info_hash":${idText(infoHash)},"peer_id":${idText(peerId)},"offer_id":`;
}

/** What stands between the offer id and the description, a JSON string as well; behind that close two objects. */
export const SESSION_MIDDLE: Readonly<Record<Session['kind'], string>> = {
  offer: ',"offer":{"type":"offer","sdp":',
  answer: ',"answer":{"type":"answer","sdp":',
};

/** Whether the frame, which carries neither offer nor answer, says no to an offer; an announce gives no `failure reason`. */
export const hasDecline = (frame: Fields): boolean => isGiven(frame['failure reason']);

/** A decline to be relayed. Its reason must be a text, and is not kept. */
export function decodeDecline(frame: Fields, infoHash: InfoHash): Omit<Decline, 'toPeerId'> | Malformed {
  const peerId = readPeerId(frame.peer_id);
  if (peerId === null) return malformed('The peer_id is not 20 characters of one byte each.');
  const offerId = readOfferId(frame.offer_id);
  if (offerId === null) return malformed('The offer_id is not 20 characters of one byte each.');
  if (typeof frame['failure reason'] !== 'string') return malformed('The failure reason is no text.');
  return { kind: 'decline', infoHash, peerId, offerId };
}

/** The fields of the frame for a decline. */
export function declineFields(message: Decline): Fields {
  return {
    action: 'announce',
    info_hash: binaryId(message.infoHash),
    peer_id: binaryId(message.peerId),
    to_peer_id: binaryId(message.toPeerId),
    offer_id: binaryOfferId(message.offerId),
    'failure reason': NO_ROOM,
  };
}

/**
 * The blind offers of an announce; null when one of them is none. Stock clients make 5 or 10; those beyond the bound are
 * left out, as if nobody had been there to take them.
 */
export function decodeOffers(value: unknown): readonly BlindOffer[] | null {
  const list = readList(value, OFFERS_PER_ANNOUNCE_MAX);
  if (list === null) return null;
  const offers: BlindOffer[] = [];
  for (const item of list) {
    const fields = readObject(item);
    const offerId = readOfferId(fields?.offer_id);
    const sdp = readSdp(fields?.offer, 'offer');
    if (offerId === null || sdp === null) return null;
    offers.push({ offerId, sdp });
  }
  return offers;
}

export function offerFields(offer: BlindOffer): Fields {
  return { offer: { type: 'offer', sdp: offer.sdp }, offer_id: binaryOfferId(offer.offerId) };
}

const isGiven = (value: unknown): boolean => value !== undefined && value !== null;
