/**
 * Web seeds as neighbours: each is a link on which a peer that has everything speaks, so that the engine picks, checks, blames and
 * bans as with any other. They stand beside the links of another transport, which gets everything that is not theirs.
 */
import { seconds } from '../../shared/base/time.ts';
import type { PeerTransport, TransportFact } from '../../shared/driver/ports.ts';
import type { LinkId } from '../../shared/engine/swarm-io.ts';
import { type InfoHash, type PeerId, type PieceIndex, peerIdFromBytes } from '../../shared/wire/ids.ts';
import type { Metainfo } from '../../shared/wire/metainfo.ts';
import type { BlockRef, PeerMessage } from '../../shared/wire/peer-message.ts';
import { fetchPiece } from './web-seed.ts';

/** Below all numbers that others give to links. */
const FIRST_LINK = -1_000_000_000;

/** First wait after a failure; doubles with each. */
const AGAIN_FIRST_MS = seconds(5);
const FAILURES_MAX = 5;

interface Transport extends PeerTransport {
  readonly closeAll: () => void;
}

export interface WebSeedLinks extends Transport {
  /** What the pieces are; before that, nothing can be fetched. */
  readonly describe: (metainfo: Metainfo) => void;
  /** How each of them is doing, in the order of their addresses. */
  readonly webSeeds: () => readonly WebSeedState[];
}

export interface WebSeedState {
  /** Under which it is a neighbour. */
  readonly peer: PeerId;
  readonly host: string;
  /** Why the last attempt failed, as a trouble; null when none did, or something came since. */
  readonly trouble: string | null;
}

export interface WebSeedOptions {
  readonly infoHash: InfoHash;
  readonly urls: readonly string[];
  readonly report: (fact: TransportFact) => void;
  readonly others: Transport;
}

export function withWebSeeds({ infoHash, urls, report, others }: WebSeedOptions): WebSeedLinks {
  const links = new Map<LinkId, WebSeedLink>();
  const states = urls.map((url, index) => ({ peer: peerIdOf(index), host: new URL(url).host, trouble: noTrouble() }));
  let metainfo: Metainfo | null = null;
  let linksMade = 0;
  const timers = new Set<ReturnType<typeof setTimeout>>();

  /** Calls in a turn of its own: the engine may be in the midst of an order. */
  const callLater = (index: number, failures: number): void => {
    const wait = failures === 0 ? 0 : AGAIN_FIRST_MS * 2 ** (failures - 1);
    const timer = setTimeout(() => {
      timers.delete(timer);
      call(index, failures);
    }, wait);
    timers.add(timer);
  };
  const call = (index: number, failures: number): void => {
    if (metainfo === null) return;
    linksMade += 1;
    const link = (FIRST_LINK - linksMade) as LinkId;
    const state = states[index];
    const { peer } = state;
    const succeed = (): void => void (state.trouble = null);
    const fail = (reason: string): void => {
      state.trouble = reason;
      links.delete(link);
      report({ kind: 'link-closed', link, reason });
      if (failures + 1 < FAILURES_MAX) callLater(index, failures + 1);
    };
    links.set(link, new WebSeedLink({ link, peer, infoHash, url: urls[index], metainfo, report, succeed, fail }));
    report({ kind: 'call-answered', link, peer });
  };
  const end = (link: LinkId): boolean => {
    links.get(link)?.end();
    return links.delete(link);
  };

  return {
    ...others,
    describe: (described) => {
      if (metainfo !== null) return;
      metainfo = described;
      urls.forEach((_, index) => callLater(index, 0));
    },
    complete: (link, sdp) => {
      const seed = links.get(link);
      if (seed === undefined) others.complete(link, sdp);
      else seed.begin();
    },
    send: (link, message) => {
      const seed = links.get(link);
      if (seed === undefined) others.send(link, message);
      else seed.take(message);
    },
    close: (link) => {
      if (!end(link)) others.close(link);
    },
    webSeeds: () => states.map(({ peer, host, trouble }) => ({ peer, host, trouble })),
    closeAll: () => {
      for (const timer of timers) clearTimeout(timer);
      for (const link of links.keys()) end(link);
      others.closeAll();
    },
  };
}

interface WebSeedLinkParts extends Pick<WebSeedOptions, 'infoHash' | 'report'> {
  readonly link: LinkId;
  readonly peer: PeerId;
  readonly url: string;
  readonly metainfo: Metainfo;
  /** A piece came. */
  readonly succeed: () => void;
  readonly fail: (reason: string) => void;
}

/** Speaks for a web seed: unchokes at once, and answers each request by its block, or by the end of the link. */
class WebSeedLink {
  readonly #parts: WebSeedLinkParts;
  readonly #ending = new AbortController();
  /** Blocks asked for, in order. The engine bounds them by what is usual in time. */
  #asked: BlockRef[] = [];
  /** More of it may be asked for: the first blocks are few. */
  #latest: { readonly piece: PieceIndex; readonly content: Uint8Array } | null = null;
  #isFetching = false;

  constructor(parts: WebSeedLinkParts) {
    this.#parts = parts;
  }

  begin(): void {
    const { link, peer, infoHash, url, report } = this.#parts;
    queueMicrotask(() => {
      if (this.#ending.signal.aborted) return;
      report({ kind: 'link-opened', link });
      this.#say({ kind: 'handshake', infoHash, peerId: peer, supportsFast: true, supportsExtensions: true });
      this.#say({ kind: 'extended-handshake', handshake: { ...ABILITIES, client: `Web seed ${new URL(url).host}` } });
      this.#say({ kind: 'have-all' });
    });
  }

  take(message: PeerMessage): void {
    switch (message.kind) {
      case 'interested':
        queueMicrotask(() => this.#say({ kind: 'unchoke' }));
        return;
      case 'request':
        this.#asked.push(message.block);
        if (!this.#isFetching) void this.#fetch();
        return;
      case 'cancel':
        this.#cancel(message.block);
        return;
      default:
    }
  }

  end(): void {
    this.#ending.abort();
  }

  /** Piece by piece, each whole: a request of its own for every block would be many for little. */
  async #fetch(): Promise<void> {
    const { url, metainfo, succeed, fail } = this.#parts;
    this.#isFetching = true;
    try {
      for (let [next] = this.#asked; next !== undefined; [next] = this.#asked) {
        const { piece } = next;
        if (this.#latest?.piece !== piece) {
          this.#latest = { piece, content: await fetchPiece(url, metainfo, piece, this.#ending.signal) };
          succeed();
        }
        const due = this.#asked.filter((asked) => asked.piece === piece);
        this.#asked = this.#asked.filter((asked) => asked.piece !== piece);
        for (const block of due) this.#give(block, this.#latest.content);
      }
      this.#isFetching = false;
    } catch (error) {
      if (this.#ending.signal.aborted) return;
      this.end();
      fail(error instanceof Error ? error.message : String(error));
    }
  }

  #give({ piece, offset, length }: BlockRef, content: Uint8Array): void {
    this.#say({ kind: 'piece', piece, offset, data: content.slice(offset, offset + length) });
  }

  /** BEP 6: also what is cancelled is answered. */
  #cancel(block: BlockRef): void {
    const rest = this.#asked.filter((asked) => asked.piece !== block.piece || asked.offset !== block.offset);
    if (rest.length === this.#asked.length) return;
    this.#asked = rest;
    queueMicrotask(() => this.#say({ kind: 'reject', block }));
  }

  #say(message: PeerMessage): void {
    const { link, report } = this.#parts;
    if (!this.#ending.signal.aborted) report({ kind: 'message-received', link, message });
  }
}

const ABILITIES = {
  hasMetadataExtension: false,
  hasDontHaveExtension: false,
  isChoosy: false,
  hasPartialExtension: false,
  metadataBytes: null,
  requestQueueMax: null,
} as const;

const noTrouble = (): string | null => null;

/** `-WS0000-` and the number of the web seed. */
function peerIdOf(index: number): PeerId {
  return peerIdFromBytes(new TextEncoder().encode(`-WS0000-${String(index).padStart(12, '0')}`));
}
