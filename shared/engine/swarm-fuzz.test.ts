/**
 * Facts in any order, from neighbours that say anything that can be said: the swarm never throws, its invariants always hold, it
 * orders nothing about links that are gone, and it never asks to be woken at once again and again.
 */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { seededRandom } from '../base/random.ts';
import { seconds, type Millis } from '../base/time.ts';
import { pieceIndex, type PeerId } from '../wire/ids.ts';
import { BLOCK_BYTES, BLOCK_DIGEST_BYTES } from '../wire/limits.ts';
import type { BlockRef, ExtendedHandshake, PeerMessage } from '../wire/peer-message.ts';
import type { OfferId } from '../wire/signal-message.ts';
import type { Wishes } from './pieces/wishes.ts';
import { checkInvariants } from './invariants.ts';
import { Swarm } from './swarm.ts';
import type { Effect, Input, LinkId } from './swarm-io.ts';
import {
  firstPieces,
  INFO_HASH,
  peerNamed,
  SELF,
  torrentOf,
  type TorrentShape,
  metadataVerdict,
} from './torrent.test-kit.ts';

const SHAPE: TorrentShape = {
  pieces: 6,
  pieceLength: 3 * BLOCK_BYTES,
  lastBytes: BLOCK_BYTES + 7,
  infoBytes: 20_000,
  hasBlockDigests: true,
};
const TORRENT = torrentOf(SHAPE);

/** A first and a last part, and one of the wrong length; named, so that a counterexample is short. */
const METADATA_PARTS = [16_384, 3616, 5].map((bytes) =>
  Object.assign(new Uint8Array(bytes), { [fc.toStringMethod]: () => `new Uint8Array(${bytes})` }),
);

/** Few, so that they meet each other: bounds are reached by other tests. */
const PEERS: PeerId[] = ['1', '3', '5', '7', '9', 'b', 'd'].map(peerNamed);

/** Mostly inside the torrent: one number outside, and the link is closed. */
const piece = fc.oneof({ weight: 19, arbitrary: fc.nat(5) }, fc.constantFrom(6, 7, 0xffffffff)).map(pieceIndex);
const rightBlock: fc.Arbitrary<BlockRef> = fc.nat(15).map((number) => ({
  piece: pieceIndex(Math.floor(number / 3)),
  offset: (number % 3) * BLOCK_BYTES,
  length: BLOCK_BYTES,
}));
const anyBlock: fc.Arbitrary<BlockRef> = fc.record({
  piece,
  offset: fc.constantFrom(0, 3 * BLOCK_BYTES, 5, 0xffffffff),
  length: fc.constantFrom(BLOCK_BYTES, 7, 0, BLOCK_BYTES + 1, 0xffffffff),
});
const block = fc.oneof({ weight: 9, arbitrary: rightBlock }, anyBlock);
const smallOrHuge = fc.constantFrom(null, 0, 1, 5, 20_000, 0xffffffff);

const extended: fc.Arbitrary<ExtendedHandshake> = fc.record({
  hasMetadataExtension: fc.boolean(),
  hasDontHaveExtension: fc.boolean(),
  hasPartialExtension: fc.boolean(),
  metadataBytes: smallOrHuge,
  requestQueueMax: smallOrHuge,
  isChoosy: fc.boolean(),
  client: fc.constantFrom(null, 'x'),
});

const bits = fc.oneof(
  fc.nat(63).map((byte) => Uint8Array.of(byte << 2)),
  fc.uint8Array({ maxLength: 2 }),
);

/** Mostly what moves a download on, sometimes anything. */
const message: fc.Arbitrary<PeerMessage> = fc.oneof(
  fc.constantFrom<PeerMessage>(
    { kind: 'unchoke' },
    { kind: 'unchoke' },
    { kind: 'choke' },
    { kind: 'interested' },
    { kind: 'interested' },
    { kind: 'not-interested' },
    { kind: 'have-all' },
    { kind: 'have-none' },
    { kind: 'keep-alive' },
    { kind: 'ignored', id: 99 },
  ),
  fc.record({ kind: fc.constantFrom('have' as const, 'have' as const, 'dont-have' as const), piece }),
  fc.record({ kind: fc.constantFrom('request' as const, 'cancel' as const, 'reject' as const), block }),
  fc.record({ kind: fc.constant('bitfield' as const), bits }),
  fc.record({
    kind: fc.constant('partials' as const),
    held: fc.array(fc.record({ piece, blocks: fc.nat(9) }), { minLength: 1, maxLength: 3 }),
  }),
  fc.record({ kind: fc.constant('digests-request' as const), piece }),
  fc.record({
    kind: fc.constant('digests' as const),
    piece,
    digests: fc.constantFrom(0, 2, 3).map((blocks) => new Uint8Array(blocks * BLOCK_DIGEST_BYTES)),
  }),
  block.map(({ piece, offset, length }): PeerMessage => ({
    kind: 'piece',
    piece,
    offset,
    data: { byteLength: length },
  })),
  fc.record({ kind: fc.constant('extended-handshake' as const), handshake: extended }),
  fc.record({ kind: fc.constantFrom('metadata-request' as const, 'metadata-reject' as const), part: fc.nat(3) }),
  fc.record({
    kind: fc.constant('metadata-data' as const),
    part: fc.nat(3),
    totalBytes: fc.constantFrom(20_000, 5),
    data: fc.constantFrom(...METADATA_PARTS),
  }),
  fc.record({
    kind: fc.constant('handshake' as const),
    infoHash: fc.constant(INFO_HASH),
    peerId: fc.constantFrom(...PEERS),
    supportsFast: fc.boolean(),
    supportsExtensions: fc.boolean(),
  }),
);

/** What happens next. `which` chooses among the links, requests, checks … that there are. */
const step = fc.record({
  kind: fc.oneof(
    { weight: 12, arbitrary: fc.constantFrom('say', 'meet', 'serve', 'judge', 'inform') },
    { weight: 4, arbitrary: fc.constantFrom('wake', 'answer', 'store', 'drain') },
    { weight: 3, arbitrary: fc.constantFrom('offer', 'open', 'close', 'name', 'metadata', 'lose', 'refuse-disk') },
    {
      weight: 1,
      arbitrary: fc.constantFrom(
        'signal-opened',
        'signal-closed',
        'announce-refused',
        'malformed',
        'stop',
        'route',
        'wish',
      ),
    },
  ),
  which: fc.nat(1000),
  wait: fc.constantFrom(0, 0, 0, 10, 300, 1000, 4000, 21_000, 160_000),
  message,
  isGood: fc.boolean(),
});

type Step = typeof step extends fc.Arbitrary<infer Value> ? Value : never;

/** What the swarm begins with. */
interface Start {
  /** Pieces that are here. */
  readonly have: number;
  readonly knowsMetainfo: boolean;
  readonly seed: number;
}

/** The swarm, and what it has ordered that may be answered. */
class Fuzzed {
  readonly #swarm: Swarm;
  #now: Millis = seconds(100);
  /** Links in the making and open ones, with whom. */
  readonly #links = new Map<LinkId, PeerId>();
  readonly #requests: { readonly link: LinkId; readonly block: BlockRef }[] = [];
  readonly #checks: (Effect & { kind: 'check-piece' | 'check-block' | 'check-digests' })[] = [];
  readonly #parts: { readonly link: LinkId; readonly part: number; readonly data: Uint8Array }[] = [];
  #offers = 0;
  /** What went wrong, other than throwing. */
  readonly faults: string[] = [];
  readonly #seen: Set<string>;

  /** `seen` collects the kinds of orders and messages that are given. */
  constructor(start: Start, seen: Set<string>) {
    const { knowsMetainfo, seed } = start;
    const pieces = firstPieces(start.have);
    this.#seen = seen;
    this.#swarm = new Swarm({
      infoHash: INFO_HASH,
      peerId: SELF,
      random: seededRandom(seed),
      now: this.#now,
      metainfo: knowsMetainfo ? TORRENT : null,
      have: knowsMetainfo ? pieces : [],
      stored: knowsMetainfo ? pieces : [],
    });
    this.#take({ kind: 'started' });
  }

  run(next: Step): void {
    this.#now += next.wait;
    const link = pick([...this.#links.keys()], next.which) ?? (99 as LinkId);
    const peer = PEERS[next.which % PEERS.length];
    switch (next.kind) {
      case 'say':
        return this.#take({ kind: 'message-received', link, message: next.message });
      case 'meet':
        return this.#meet(peer, next);
      case 'serve':
        return this.#serve(next.which);
      case 'judge':
        return this.#judge(next);
      case 'inform':
        return this.#inform(next.which);
      case 'wake':
        return this.#wake();
      case 'offer':
        return void this.#offer(peer);
      case 'drain':
        return this.#take({ kind: 'blocks-sent', link, bytes: next.which * 100 });
      case 'malformed':
        return this.#take({ kind: 'malformed-received', link, reason: '' });
      default:
        this.#tell(next, link);
    }
  }

  /** Facts of the world that need no preparation. */
  #tell({ kind, which, isGood }: Step, link: LinkId): void {
    const piece = pieceIndex(which % 6);
    const facts: Record<string, Input> = {
      open: { kind: 'link-opened', link },
      close: { kind: 'link-closed', link, reason: '' },
      route: { kind: 'link-routed', link, route: isGood ? 'direct' : 'relayed' },
      answer: { kind: 'announced', interval: which * 100, complete: which % 5, incomplete: 3, neighbours: [] },
      name: { kind: 'announced', interval: 0, complete: 1, incomplete: 3, neighbours: [...PEERS, SELF] },
      store: { kind: 'piece-stored', piece },
      'refuse-disk': { kind: 'piece-not-stored', piece, reason: 'full' },
      lose: { kind: 'block-unreadable', link, block: { piece, offset: 0, length: 16 * 1024 } },
      metadata: metadataVerdict(isGood ? TORRENT : null),
      'signal-opened': { kind: 'signal-opened' },
      'signal-closed': { kind: 'signal-closed', reason: '', retryIn: null },
      'announce-refused': { kind: 'announce-refused', reason: '' },
      wish: { kind: 'wishes-set', ...wishOf(which, isGood) },
      stop: which % 10 === 0 ? { kind: 'stopped' } : { kind: 'woke' },
    };
    if (kind === 'close') this.#links.delete(link);
    this.#take(facts[kind]);
  }

  #offer(peer: PeerId): LinkId | undefined {
    this.#offers += 1;
    this.#take({ kind: 'offer-received', peer, offerId: String(this.#offers) as OfferId });
    return [...this.#links].findLast(([, other]) => other === peer)?.[0];
  }

  /** A neighbour that does everything right, at first. */
  #meet(peer: PeerId, { isGood }: Step): void {
    const link = this.#offer(peer);
    if (link === undefined) return;
    this.#take({ kind: 'link-opened', link });
    const says = (message: PeerMessage): void => this.#take({ kind: 'message-received', link, message });
    says({ kind: 'handshake', infoHash: INFO_HASH, peerId: peer, supportsFast: isGood, supportsExtensions: true });
    says({ kind: 'extended-handshake', handshake: HOLDER });
    says({ kind: 'have-all' });
    says({ kind: 'unchoke' });
    says({ kind: 'interested' });
  }

  #serve(which: number): void {
    const [request] = this.#requests.splice(which % Math.max(1, this.#requests.length), 1);
    if (request === undefined) return;
    const { piece, offset, length } = request.block;
    const message: PeerMessage = { kind: 'piece', piece, offset, data: { byteLength: length } };
    this.#take({ kind: 'message-received', link: request.link, message });
  }

  /** A part of the info dictionary that was asked for comes. */
  #inform(which: number): void {
    const [request] = this.#parts.splice(which % Math.max(1, this.#parts.length), 1);
    if (request === undefined) return;
    const message: PeerMessage = { kind: 'metadata-data', totalBytes: 20_000, ...request };
    this.#take({ kind: 'message-received', link: request.link, message });
  }

  #judge({ which, isGood }: Step): void {
    const [check] = this.#checks.splice(which % Math.max(1, this.#checks.length), 1);
    if (check === undefined) return;
    const { piece: checked, generation } = check;
    if (check.kind === 'check-piece') this.#take({ kind: 'piece-checked', piece: checked, generation, isGood });
    else if (check.kind === 'check-block') {
      this.#take({ kind: 'block-checked', piece: checked, generation, offset: check.offset, isGood });
    } else this.#take({ kind: 'digests-checked', piece: checked, generation, digests: check.digests, isGood });
  }

  #wake(): void {
    const at = this.#swarm.nextWakeAt();
    if (at !== Number.POSITIVE_INFINITY) this.#now = Math.max(this.#now, at);
    this.#take({ kind: 'woke' });
    if (!(this.#swarm.nextWakeAt() > this.#now)) this.faults.push('it asks to be woken at once again');
  }

  #take(input: Input): void {
    if (input.kind === 'link-closed') this.#links.delete(input.link);
    const effects = this.#swarm.handle(input, this.#now);
    this.#swarm.inspect(checkInvariants);
    for (const effect of effects) this.#note(effect);
  }

  #note(effect: Effect): void {
    this.#seen.add(effect.kind === 'send' ? effect.message.kind : effect.kind);
    if (effect.kind === 'dial' || effect.kind === 'accept-offer') this.#links.set(effect.link, effect.peer);
    else if ('link' in effect && !this.#links.has(effect.link))
      this.faults.push(`${effect.kind} on a link that is gone`);
    if (effect.kind === 'close-link') this.#links.delete(effect.link);
    const { kind } = effect;
    if (kind === 'check-piece' || kind === 'check-block' || kind === 'check-digests') this.#checks.push(effect);
    if (effect.kind === 'send') this.#noteMessage(effect.link, effect.message);
  }

  #noteMessage(link: LinkId, message: PeerMessage): void {
    if (message.kind === 'request') this.#requests.push({ link, block: message.block });
    if (message.kind !== 'metadata-request') return;
    this.#parts.push({ link, part: message.part, data: METADATA_PARTS[message.part] ?? METADATA_PARTS[2] });
  }
}

/** Everything, or a run of pieces and one more, some first. */
function wishOf(which: number, isAll: boolean): Wishes {
  const run = { first: which % 5, end: (which % 5) + (which % 3) };
  const wanted = isAll ? [{ first: 0, end: 6 }] : [run, { first: which % 7, end: (which % 7) + 1 }];
  return { wanted, first: [{ ...run, isInTurn: which % 2 === 0 }] };
}

/** It has the info dictionary. */
const HOLDER: ExtendedHandshake = {
  hasMetadataExtension: true,
  hasDontHaveExtension: true,
  isChoosy: false,
  hasPartialExtension: true,
  metadataBytes: 20_000,
  requestQueueMax: null,
  client: null,
};

function pick<Value>(list: readonly Value[], which: number): Value | undefined {
  return list[which % Math.max(1, list.length)];
}

const start: fc.Arbitrary<Start> = fc.record({ have: fc.nat(6), knowsMetainfo: fc.boolean(), seed: fc.nat() });

test(
  '[B4] [R3] [C1] whatever neighbours, server, disk and person do, the swarm keeps its head',
  { timeout: 30_000 },
  () => {
    const seen = new Set<string>();
    fc.assert(
      fc.property(start, fc.array(step, { minLength: 1, maxLength: 120, size: 'max' }), (begin, steps) => {
        const fuzzed = new Fuzzed(begin, seen);
        for (const next of steps) fuzzed.run(next);
        expect(fuzzed.faults).toEqual([]);
      }),
      { seed: 30, numRuns: 500 },
    );
    expect([...ALL_KINDS].filter((kind) => !seen.has(kind))).toEqual([]);
  },
);

/** All orders and messages that the runs above should lead to, or they would prove little. */
const ALL_KINDS =
  `connect-signal announce dial accept-offer ignore-offer close-link send-block check-metadata keep-block
  check-piece drop-piece store-piece handshake keep-alive choke unchoke interested not-interested have bitfield have-all have-none
  request cancel reject extended-handshake metadata-request metadata-data metadata-reject dont-have`.split(/\s+/);
