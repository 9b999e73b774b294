/** Ways to be a bad neighbour: what a line makes of the messages of an honest engine. */
import { type Random, randomBelow } from '../base/random.ts';
import { pieceIndex } from '../wire/ids.ts';
import { BLOCK_BYTES } from '../wire/limits.ts';
import { malformed } from '../wire/malformed.ts';
import type { Payload, PeerMessage } from '../wire/peer-message.ts';
import type { Content } from './content.ts';
import type { Tamper } from './sim-link.ts';

/** Sends wrong bytes in this share of its blocks, 0 … 1. */
export const liesInBlocks =
  <Chunk extends Payload>(content: Content<Chunk>, random: Random, share = 1): Tamper =>
  (message) =>
    message.kind === 'piece' && isDue(random, share) ? { ...message, data: content.falsify(message.data) } : message;

/** Serves, but what it sends never arrives. */
export const sendsNoBlocks: Tamper = (message) => (message.kind === 'piece' ? null : message);

/** Takes, and never gives: a free rider. */
export const neverUnchokes: Tamper = (message) => (message.kind === 'unchoke' ? null : message);

/** Claims to have everything. */
export const claimsAll: Tamper = (message) =>
  message.kind === 'bitfield' || message.kind === 'have-none' ? { kind: 'have-all' } : message;

/** Announces pieces by chance instead of those it has. */
export const liesAboutHaves =
  (pieceCount: number, random: Random): Tamper =>
  (message) =>
    message.kind === 'have' ? { kind: 'have', piece: pieceIndex(randomBelow(random, pieceCount)) } : message;

/** Takes pieces back that it announced, or did not. */
export const forgetsPieces =
  (pieceCount: number, random: Random): Tamper =>
  (message) =>
    message.kind === 'have' && isDue(random, 1 / 3)
      ? { kind: 'dont-have', piece: pieceIndex(randomBelow(random, pieceCount)) }
      : message;

/** Asks for blocks by chance, whether there are such or not. */
export const asksForAnything =
  (pieceCount: number, random: Random): Tamper =>
  (message) => {
    if (message.kind !== 'request') return message;
    const offset = BLOCK_BYTES * randomBelow(random, 16);
    return {
      kind: 'request',
      block: { piece: pieceIndex(randomBelow(random, pieceCount)), offset, length: BLOCK_BYTES },
    };
  };

/** Never says no: requests that it will not serve stay without an answer. */
export const neverRejects: Tamper = (message) => (message.kind === 'reject' ? null : message);

/** Says that it serves when it stops. */
export const unchokesForChoke: Tamper = (message) => (message.kind === 'choke' ? { kind: 'unchoke' } : message);

/** Sends bytes that are no message instead of this share of its messages, 0 … 1. */
export const sendsRubbish =
  (random: Random, share: number): Tamper =>
  (message) =>
    isDue(random, share) ? malformed('rubbish') : message;

/** Understands neither the fast extension nor any other, as a client of 2003. */
export const isOldFashioned: Tamper = (message): PeerMessage | null => {
  if (message.kind === 'handshake') return { ...message, supportsFast: false, supportsExtensions: false };
  return message.kind === 'have-none' || message.kind === 'have-all' || message.kind === 'reject' ? null : message;
};

/** Sends an info dictionary of ones. */
export const liesAboutMetadata: Tamper = (message) =>
  message.kind === 'metadata-data' ? { ...message, data: new Uint8Array(message.data.byteLength).fill(1) } : message;

/** Announces an info dictionary, and never sends it. */
export const keepsMetadata: Tamper = (message) => (message.kind === 'metadata-data' ? null : message);

const isDue = (random: Random, share: number): boolean => randomBelow(random, 1_000_000) < share * 1_000_000;
