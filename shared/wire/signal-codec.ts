/**
 * Messages with the signal server <-> JSON text: WebTorrent's tracker protocol as its code has it (bittorrent-tracker, aquatic),
 * since no BEP describes it. Statistics that make no sense read as unknown; a broken id or session is Malformed.
 */
import { ID_BYTES, type InfoHash, type PeerId } from './ids.ts';
import {
  ANNOUNCE_INTERVAL_MS,
  ANNOUNCE_INTERVAL_SECONDS_MAX,
  ANNOUNCE_INTERVAL_SECONDS_MIN,
  NEIGHBOURS_PER_ANNOUNCE_MAX,
  OFFERS_PER_ANNOUNCE_MAX,
  REASON_CHARS_MAX,
  SCRAPE_HASHES_MAX,
  TRACKER_ID_CHARS_MAX,
} from './limits.ts';
import { type Malformed, isMalformed, malformed } from './malformed.ts';
import {
  type BinaryId,
  type Fields,
  binaryId,
  binaryOfferId,
  idText,
  readCount,
  readFrame,
  readInfoHash,
  readList,
  readObject,
  readOfferId,
  readPeerId,
  readText,
} from './signal-fields.ts';
import type { AnnounceEvent, ClientMessage, ServerMessage, SwarmCounts } from './signal-message.ts';
import {
  declineFields,
  decodeDecline,
  decodeOffers,
  decodeSession,
  hasDecline,
  hasSession,
  offerFields,
  sessionText,
} from './signal-session.ts';

/** A client's frame that is no message, with what its refusal must carry: stock clients give up on a reply without. */
export interface MalformedRequest extends Malformed {
  readonly action: 'announce' | 'scrape';
  /** null when the frame named no info hash that could be read. */
  readonly infoHash: InfoHash | null;
}

type Announce = Extract<ClientMessage, { kind: 'announce' }>;

/** Who speaks in which swarm: what every frame with action `announce` from a client begins with. */
interface Speaker {
  readonly infoHash: InfoHash;
  readonly peerId: PeerId;
}

/** What a refusal names when the request named no swarm that could be read: a stock client crashes at a frame without any. */
const NO_SWARM = '0'.repeat(2 * ID_BYTES) as InfoHash;

const EVENTS: ReadonlySet<string> = new Set<AnnounceEvent>(['started', 'completed', 'stopped', 'paused', 'update']);

/** What a tab, or a stock client, said to the server. */
export function decodeClientMessage(text: string): ClientMessage | MalformedRequest {
  return decodeClientFrame(readFrame(text));
}

/** The same for a frame that was read as JSON by other means; null for one that is no JSON object. */
export function decodeClientFrame(frame: Fields | null): ClientMessage | MalformedRequest {
  if (frame === null) return { ...malformed('The frame is no JSON object.'), action: 'announce', infoHash: null };
  if (frame.action === 'scrape') return decodeScrape(frame);
  const infoHash = readInfoHash(frame.info_hash);
  const message = frame.action === 'announce' ? decodeAnnounceAction(frame) : malformed('The action is unknown.');
  return isMalformed(message) ? { ...message, action: 'announce', infoHash } : message;
}

/** The frame for a message to the server. */
export function encodeClientMessage(message: ClientMessage): string {
  switch (message.kind) {
    case 'announce':
      return JSON.stringify(announceFields(message));
    case 'offer':
    case 'answer':
      return sessionText(message, `,"to_peer_id":${idText(message.toPeerId)}`);
    case 'decline':
      return JSON.stringify(declineFields(message));
    case 'scrape':
      return JSON.stringify({ action: 'scrape', info_hash: message.infoHashes.map(binaryId) });
  }
}

/** What the server said to a tab. */
export function decodeServerMessage(text: string): ServerMessage | Malformed {
  const frame = readFrame(text);
  if (frame === null) return malformed('The frame is no JSON object.');
  const { action } = frame;
  if (action !== 'announce' && action !== 'scrape') return malformed('The action is unknown.');
  const failure = frame['failure reason'];
  if (typeof failure === 'string') {
    const named = readInfoHash(frame.info_hash);
    const infoHash = named === NO_SWARM ? null : named;
    const reason = failure.slice(0, REASON_CHARS_MAX);
    return { kind: 'refused', action, infoHash, reason, offerId: readOfferId(frame.offer_id) };
  }
  if (action === 'scrape') return decodeScraped(frame);
  const infoHash = readInfoHash(frame.info_hash);
  if (infoHash === null) return malformed('The info_hash is not 20 characters of one byte each.');
  return hasSession(frame) ? decodeSession(frame, infoHash) : decodeAnnounced(frame, infoHash);
}

/** The frame for a message to a tab. */
export function encodeServerMessage(message: ServerMessage): string {
  switch (message.kind) {
    case 'announced':
      return announcedTexts(message).join('');
    case 'offer':
    case 'answer':
      return sessionText(message);
    case 'scraped':
      return JSON.stringify({ action: 'scrape', files: scrapedFiles(message.files) });
    case 'refused':
      return JSON.stringify(refusedFields(message));
  }
}

function decodeAnnounceAction(frame: Fields): ClientMessage | Malformed {
  const infoHash = readInfoHash(frame.info_hash);
  if (infoHash === null) return malformed('The info_hash is not 20 characters of one byte each.');
  const peerId = readPeerId(frame.peer_id);
  if (peerId === null) return malformed('The peer_id is not 20 characters of one byte each.');
  if (!hasSession(frame) && !hasDecline(frame)) return decodeAnnounce(frame, { infoHash, peerId });
  const message = hasSession(frame) ? decodeSession(frame, infoHash) : decodeDecline(frame, infoHash);
  if (isMalformed(message)) return message;
  const toPeerId = readPeerId(frame.to_peer_id);
  return toPeerId === null
    ? malformed('An offer, answer or decline names no peer in to_peer_id.')
    : { ...message, toPeerId };
}

function decodeAnnounce(frame: Fields, { infoHash, peerId }: Speaker): Announce | Malformed {
  const event = frame.event ?? 'update';
  if (!isEvent(event)) return malformed('The event is unknown.');
  const offers = decodeOffers(frame.offers ?? []);
  if (offers === null) return malformed('The offers are not a list of {offer: {type, sdp}, offer_id}.');
  const neighbours = readCount(frame.neighbours);
  return {
    kind: 'announce',
    infoHash,
    peerId,
    event: event === '' ? 'update' : event,
    uploaded: readCount(frame.uploaded) ?? 0,
    downloaded: readCount(frame.downloaded) ?? 0,
    left: readCount(frame.left),
    offersWanted: Math.min(readCount(frame.numwant) ?? offers.length, OFFERS_PER_ANNOUNCE_MAX),
    offers,
    neighboursWanted: neighbours === null ? null : Math.min(neighbours, NEIGHBOURS_PER_ANNOUNCE_MAX),
    trackerId: readText(frame.trackerid, TRACKER_ID_CHARS_MAX),
  };
}

const refuseScrape = (reason: string): MalformedRequest => ({
  ...malformed(reason),
  action: 'scrape',
  infoHash: null,
});

function decodeScrape(frame: Fields): ClientMessage | MalformedRequest {
  const asked = frame.info_hash ?? [];
  const list: readonly unknown[] = Array.isArray(asked) ? asked : [asked];
  if (list.length > SCRAPE_HASHES_MAX) return refuseScrape(`A scrape names at most ${SCRAPE_HASHES_MAX} info hashes.`);
  const infoHashes = allOrNull(list, readInfoHash);
  return infoHashes === null
    ? refuseScrape('An info_hash is not 20 characters of one byte each.')
    : { kind: 'scrape', infoHashes };
}

function decodeAnnounced(frame: Fields, infoHash: InfoHash): ServerMessage | Malformed {
  const named = frame.neighbours ?? null;
  const list = readList(named, NEIGHBOURS_PER_ANNOUNCE_MAX);
  const neighbours = list && allOrNull(list, readPeerId);
  if (named !== null && neighbours === null) return malformed('The neighbours are not a list of peer ids.');
  const interval = readCount(frame.interval) ?? ANNOUNCE_INTERVAL_MS / 1000;
  return {
    kind: 'announced',
    infoHash,
    intervalSeconds: Math.min(Math.max(interval, ANNOUNCE_INTERVAL_SECONDS_MIN), ANNOUNCE_INTERVAL_SECONDS_MAX),
    complete: readCount(frame.complete) ?? 0,
    incomplete: readCount(frame.incomplete) ?? 0,
    neighbours,
    trackerId: readText(frame['tracker id'], TRACKER_ID_CHARS_MAX),
  };
}

function decodeScraped(frame: Fields): ServerMessage | Malformed {
  const listed = readObject(frame.files);
  if (listed === null) return malformed('A scrape response has no files.');
  const files = new Map<InfoHash, SwarmCounts>();
  for (const [key, value] of Object.entries(listed).slice(0, SCRAPE_HASHES_MAX)) {
    const infoHash = readInfoHash(key);
    const counts = readObject(value);
    if (infoHash === null || counts === null) return malformed('The files are not counts by info hash.');
    const [complete, incomplete, downloaded] = [counts.complete, counts.incomplete, counts.downloaded].map(
      (count) => readCount(count) ?? 0,
    );
    files.set(infoHash, { complete, incomplete, downloaded });
  }
  return { kind: 'scraped', files };
}

function announceFields(message: Announce): Fields {
  return {
    action: 'announce',
    info_hash: binaryId(message.infoHash),
    peer_id: binaryId(message.peerId),
    numwant: message.offersWanted,
    uploaded: message.uploaded,
    downloaded: message.downloaded,
    left: message.left,
    ...(message.event !== 'update' && { event: message.event }),
    ...(message.offers.length > 0 && { offers: message.offers.map(offerFields) }),
    ...(message.neighboursWanted !== null && { neighbours: message.neighboursWanted }),
    ...(message.trackerId !== null && { trackerid: message.trackerId }),
  };
}

/** The texts that are, one behind the other, the frame of an announce response: in ASCII, since its ids are. */
export function announcedTexts(message: Extract<ServerMessage, { kind: 'announced' }>): string[] {
  const { infoHash, intervalSeconds, complete, incomplete, neighbours, trackerId } = message;
  const counts = `"interval":${intervalSeconds},"complete":${complete},"incomplete":${incomplete}`;
  const texts = ['{"action":"announce","info_hash":', idText(infoHash), `,${counts}`];
  if (neighbours !== null) {
    texts.push(',"neighbours":[');
    for (const [index, neighbour] of neighbours.entries()) {
      if (index > 0) texts.push(',');
      texts.push(idText(neighbour));
    }
    texts.push(']');
  }
  texts.push(trackerId === null ? '}' : `,"tracker id":${JSON.stringify(trackerId)}}`);
  return texts;
}

function refusedFields(message: Extract<ServerMessage, { kind: 'refused' }>): Fields {
  return {
    action: message.action,
    info_hash: binaryId(message.infoHash ?? NO_SWARM),
    'failure reason': message.reason,
    ...(message.offerId !== null && { offer_id: binaryOfferId(message.offerId) }),
  };
}

function scrapedFiles(files: ReadonlyMap<InfoHash, SwarmCounts>): Record<BinaryId, SwarmCounts> {
  return Object.fromEntries([...files].map(([infoHash, counts]) => [binaryId(infoHash), counts]));
}

/** `read` of every element, or null when one of them cannot be read. */
function allOrNull<T>(list: readonly unknown[], read: (value: unknown) => T | null): readonly T[] | null {
  const values: T[] = [];
  for (const item of list) {
    const value = read(item);
    if (value === null) return null;
    values.push(value);
  }
  return values;
}

const isEvent = (value: unknown): value is AnnounceEvent | '' =>
  value === '' || (typeof value === 'string' && EVENTS.has(value));
