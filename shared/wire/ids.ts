/** The two 20-byte names of BitTorrent: the info hash of what is shared, and the id of a peer (BEP 3). */
import type { Brand } from '../base/brand.ts';
import { bytesFromHex, hexFromBytes } from '../base/bytes.ts';
import { randomBelow, type Random } from '../base/random.ts';

/** SHA-1 of the info dictionary: 40 lower-case hexadecimal digits. Names a swarm. */
export type InfoHash = Brand<string, 'InfoHash'>;

/** One peer, for as long as its tab lives: 40 lower-case hexadecimal digits. Compares as its bytes do. */
export type PeerId = Brand<string, 'PeerId'>;

/** The number of a piece in its torrent, from 0. */
export type PieceIndex = Brand<number, 'PieceIndex'>;

export const ID_BYTES = 20;

const HEX_ID = /^[0-9a-f]{40}$/;

/** The info hash written as 40 hexadecimal digits of either case, or null. */
export const parseInfoHash = (text: string): InfoHash | null => parseId<InfoHash>(text);

/** The peer id written as 40 hexadecimal digits of either case, or null. */
export const parsePeerId = (text: string): PeerId | null => parseId<PeerId>(text);

/** The info hash that these 20 bytes are. */
export const infoHashFromBytes = (bytes: Uint8Array): InfoHash => hexFromBytes(bytes) as InfoHash;

/** The peer id that these 20 bytes are. */
export const peerIdFromBytes = (bytes: Uint8Array): PeerId => hexFromBytes(bytes) as PeerId;

/** The 20 bytes of an id. */
export const idBytes = (id: InfoHash | PeerId): Uint8Array<ArrayBuffer> => bytesFromHex(id);

/** `index` as a piece index; the caller knows that it lies inside the torrent. */
export const pieceIndex = (index: number): PieceIndex => index as PieceIndex;

/** Client code and version in a peer id, Azureus style (BEP 20). */
const CLIENT_PREFIX = '-TS0100-';

const ID_ALPHABET = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';

/** A fresh id for this tab: `-TS0100-` and twelve random letters or digits (BEP 20). */
export function newPeerId(random: Random): PeerId {
  let text = CLIENT_PREFIX;
  while (text.length < ID_BYTES) text += ID_ALPHABET[randomBelow(random, ID_ALPHABET.length)];
  return hexFromBytes(new TextEncoder().encode(text)) as PeerId;
}

function parseId<Id extends InfoHash | PeerId>(text: string): Id | null {
  const lower = text.toLowerCase();
  return HEX_ID.test(lower) ? (lower as Id) : null;
}
