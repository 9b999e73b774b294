/** Five ports that do what a test says, and write down what they are told. Chunks are lengths; nothing takes time by itself. */
import { NEVER, type Millis } from '../base/time.ts';
import type { LinkId } from '../engine/swarm-io.ts';
import type { PieceIndex } from '../wire/ids.ts';
import { BLOCK_DIGEST_BYTES } from '../wire/limits.ts';
import type { Payload, PeerMessage } from '../wire/peer-message.ts';
import type { ClientMessage } from '../wire/signal-message.ts';
import type {
  ChunkShape,
  ChunkStore,
  Clock,
  PeerTransport,
  PieceHasher,
  SignalFact,
  SignalLink,
  TransportFact,
} from './ports.ts';

/** The content of a piece or block, as far as these tests care. */
export interface Content extends Payload {
  readonly isBad?: boolean;
}

/** A promise that the test settles. */
export interface Waiting<Value> {
  readonly resolve: (value: Value) => void;
  readonly reject: (error: unknown) => void;
}

export class FakeClock implements Clock {
  time: Millis = 1000;
  alarmAt: Millis = NEVER;
  #ring: () => void = () => undefined;

  readonly now = (): Millis => this.time;

  readonly setAlarm = (at: Millis, ring: () => void): void => {
    this.alarmAt = at;
    this.#ring = ring;
  };

  /** The alarm rings now. */
  ring(): void {
    this.#ring();
  }
}

export class FakeTransport implements PeerTransport {
  report: (fact: TransportFact) => void = () => undefined;
  /** What was ordered, in words. */
  readonly told: string[] = [];
  readonly sent: { readonly link: LinkId; readonly message: PeerMessage }[] = [];
  /** Dials and accepts that wait for their session description. */
  readonly waiting = new Map<LinkId, Waiting<string>>();

  readonly dial = (link: LinkId): Promise<string> => this.#wait(`dial ${link}`, link);

  readonly accept = (link: LinkId, offerSdp: string): Promise<string> => this.#wait(`accept ${link} ${offerSdp}`, link);

  readonly complete = (link: LinkId, answerSdp: string): void => void this.told.push(`complete ${link} ${answerSdp}`);

  readonly send = (link: LinkId, message: PeerMessage): void => void this.sent.push({ link, message });

  readonly close = (link: LinkId): void => void this.told.push(`close ${link}`);

  #wait(order: string, link: LinkId): Promise<string> {
    this.told.push(order);
    return new Promise((resolve, reject) => this.waiting.set(link, { resolve, reject }));
  }
}

export class FakeSignal implements SignalLink {
  report: (fact: SignalFact) => void = () => undefined;
  readonly sent: ClientMessage[] = [];
  connects = 0;
  isClosed = false;

  readonly connect = (): void => void (this.connects += 1);

  readonly send = (message: ClientMessage): void => void this.sent.push(message);

  readonly close = (): void => void (this.isClosed = true);
}

/** A disk of chunks; it can be full, and what lies on it can go bad. */
export class FakeStore implements ChunkStore<Content> {
  readonly chunks = new Map<PieceIndex, Content>();
  isFull = false;
  reads = 0;

  readonly put = (piece: PieceIndex, chunk: Content): Promise<void> => {
    if (this.isFull) return Promise.reject(new Error('The disk is full.'));
    this.chunks.set(piece, chunk);
    return Promise.resolve();
  };

  readonly get = (piece: PieceIndex): Promise<Content | null> => {
    this.reads += 1;
    return Promise.resolve(this.chunks.get(piece) ?? null);
  };

  readonly remove = (piece: PieceIndex): Promise<void> => {
    this.chunks.delete(piece);
    return Promise.resolve();
  };
}

/** Finds what is marked as bad. `metadata` is what it says of every info dictionary. */
export class FakeHasher implements PieceHasher<Content> {
  /** The digests that pieces were compared with. */
  readonly digests: Uint8Array[] = [];
  metadata = true;

  readonly pieceMatches = (chunk: Content, digest: Uint8Array): Promise<boolean> => {
    this.digests.push(digest);
    return Promise.resolve(chunk.isBad !== true);
  };

  readonly digest = (chunk: Content): Promise<string> => Promise.resolve(chunk.isBad === true ? 'bad' : 'good');

  readonly blockDigest = (block: Content): Promise<Uint8Array> =>
    Promise.resolve(new Uint8Array(BLOCK_DIGEST_BYTES).fill(Number(block.isBad === true)));

  /** Digests of good blocks are zeros. */
  readonly blockDigestsMatch = (digests: Uint8Array): Promise<boolean> =>
    Promise.resolve(digests.every((byte) => byte === 0));

  readonly metadataMatches = (): Promise<boolean> => Promise.resolve(this.metadata);
}

/** A piece is as long as its blocks together, and bad when one of them is. */
export const SHAPE: ChunkShape<Content> = {
  join: (blocks) => ({
    byteLength: blocks.reduce((sum, block) => sum + block.byteLength, 0),
    isBad: blocks.some((block) => (block as Content).isBad === true),
  }),
  slice: (_chunk, _offset, length) => ({ byteLength: length }),
};

/** Lets every promise that is settled run its course. */
export async function settle(): Promise<void> {
  for (let turn = 0; turn < 20; turn += 1) await Promise.resolve();
}
