/**
 * What one message costs the engine, in small and in huge torrents: the same, or a crowd's `have`s would stop a tab that shares 40 GiB.
 * Bitfields are left out: they are as long as the torrent, and come once.
 */
import { seededRandom, shuffle } from '../base/random.ts';
import { assert, present } from '../base/assert.ts';
import type { Effect, Input, LinkId } from '../engine/swarm-io.ts';
import { Swarm } from '../engine/swarm.ts';
import { pieceIndex, type PeerId } from '../wire/ids.ts';
import { BLOCK_BYTES, PIECE_BYTES } from '../wire/limits.ts';
import type { BlockRef, PeerMessage } from '../wire/peer-message.ts';
import type { OfferId } from '../wire/signal-message.ts';
import { lengthsContent } from './lengths-content.ts';

/** Nanoseconds for one message, everything counted that follows from it. */
export interface MessageCosts {
  readonly pieces: number;
  readonly have: number;
  readonly request: number;
  readonly piece: number;
}

const NEIGHBOURS = 50;

/** Messages of each kind that are timed, after as many that are not. */
const MESSAGES = 16_000;

/** `now` is a precise clock, in milliseconds. */
export function messageCosts(pieces: number, now: () => number): MessageCosts {
  return {
    pieces,
    have: costOfHave(pieces, now),
    request: costOfRequest(pieces, now),
    piece: costOfPiece(pieces, now),
  };
}

/** Neighbours that choke us get one piece after another. */
function costOfHave(pieces: number, now: () => number): number {
  const stage = new Stage(pieces, 'nothing');
  const links = stage.meetAll('have-none');
  const random = seededRandom(3);
  const orders = links.map(() =>
    shuffle(
      random,
      Array.from({ length: Math.min(pieces, 2000) }, (_, piece) => piece),
    ),
  );
  const spread = Math.max(1, Math.floor(pieces / 2000));
  return timed(now, (turn) => {
    const which = turn % links.length;
    const piece = present(orders[which].pop(), 'a piece') * spread;
    stage.says(links[which], { kind: 'have', piece: pieceIndex(piece) });
  });
}

/** A seed is asked for blocks here and there, and sends them. */
function costOfRequest(pieces: number, now: () => number): number {
  const stage = new Stage(pieces, 'everything');
  for (const link of stage.meetAll('have-none')) stage.says(link, { kind: 'interested' });
  let sent = 0;
  const cost = timed(now, (turn) => {
    // Whose turn it is changes.
    const link = [...stage.unchoked][turn % stage.unchoked.size];
    const block = { piece: pieceIndex((turn * 7919) % pieces), offset: 0, length: BLOCK_BYTES };
    for (const effect of stage.says(link, { kind: 'request', block })) {
      if (effect.kind !== 'send-block') continue;
      sent += 1;
      stage.take({ kind: 'blocks-sent', link, bytes: BLOCK_BYTES });
    }
  });
  assert(sent > MESSAGES, 'requests are answered');
  return cost;
}

/** Neighbours that have everything answer what they are asked for; pieces are checked and stored at once. */
function costOfPiece(pieces: number, now: () => number): number {
  const stage = new Stage(pieces, 'nothing');
  const links = stage.meetAll('have-all');
  for (const link of links.slice(0, 5)) stage.says(link, { kind: 'unchoke' });
  const blocks = Math.min(MESSAGES, (pieces * PIECE_BYTES) / BLOCK_BYTES / 2);
  return timed(now, () => stage.answerOne(), blocks / 2);
}

/** The mean over the faster half of a hundred batches: the rest met the garbage collector, or another process. */
function timed(now: () => number, act: (turn: number) => void, messages = MESSAGES): number {
  const size = Math.floor(messages / 100);
  for (let turn = 0; turn < messages; turn += 1) act(turn);
  const batches = Array.from({ length: 100 }, (_, batch) => {
    const begun = now();
    for (let turn = 0; turn < size; turn += 1) act(messages + batch * size + turn);
    return now() - begun;
  });
  const faster = batches.toSorted((a, b) => a - b).slice(0, 50);
  return (faster.reduce((sum, spent) => sum + spent, 0) * 1e6) / (50 * size);
}

/** One engine among neighbours that are mere words. */
class Stage {
  readonly unchoked = new Set<LinkId>();
  readonly #swarm: Swarm;
  readonly #asked: { readonly link: LinkId; readonly block: BlockRef }[] = [];
  #infoHash;
  #now = 0;

  constructor(pieces: number, has: 'nothing' | 'everything') {
    const { metainfo, infoHash } = lengthsContent(pieces * PIECE_BYTES);
    const have = has === 'nothing' ? [] : Array.from({ length: pieces }, (_, piece) => pieceIndex(piece));
    const random = seededRandom(1);
    const peerId = peerNumber(0);
    this.#infoHash = infoHash;
    this.#swarm = new Swarm({ infoHash, peerId, random, now: 0, metainfo, have, stored: have });
  }

  meetAll(tells: 'have-none' | 'have-all'): LinkId[] {
    return Array.from({ length: NEIGHBOURS }, (_, index) => this.#meet(peerNumber(index + 1), tells));
  }

  says(link: LinkId, message: PeerMessage): readonly Effect[] {
    return this.take({ kind: 'message-received', link, message });
  }

  /** A fact, a tenth of a millisecond after the last; what is asked and whom it serves is noted. */
  take(input: Input): readonly Effect[] {
    this.#now += 0.1;
    const effects = this.#swarm.handle(input, this.#now);
    for (const effect of effects) this.#note(effect);
    return effects;
  }

  /** The oldest request gets its block. */
  answerOne(): void {
    const { link, block } = present(this.#asked.shift(), 'a request');
    const { piece, offset, length } = block;
    this.says(link, { kind: 'piece', piece, offset, data: { byteLength: length } });
  }

  #note(effect: Effect): void {
    if (effect.kind === 'check-piece') {
      this.take({ kind: 'piece-checked', piece: effect.piece, generation: effect.generation, isGood: true });
    }
    if (effect.kind === 'store-piece') this.take({ kind: 'piece-stored', piece: effect.piece });
    if (effect.kind !== 'send') return;
    if (effect.message.kind === 'unchoke') this.unchoked.add(effect.link);
    if (effect.message.kind === 'choke') this.unchoked.delete(effect.link);
    if (effect.message.kind === 'request') this.#asked.push({ link: effect.link, block: effect.message.block });
  }

  #meet(peer: PeerId, tells: 'have-none' | 'have-all'): LinkId {
    const offered = this.take({ kind: 'offer-received', peer, offerId: peer as string as OfferId });
    const { link } = present(
      offered.find((effect) => effect.kind === 'accept-offer'),
      'a link',
    );
    this.take({ kind: 'link-opened', link });
    const infoHash = this.#infoHash;
    this.says(link, { kind: 'handshake', infoHash, peerId: peer, supportsFast: true, supportsExtensions: true });
    this.says(link, { kind: tells });
    return link;
  }
}

const peerNumber = (number: number): PeerId => number.toString(16).padStart(40, '0') as PeerId;
