/** What every transport between peers must do. */
import { expect, test } from 'vitest';

import type { LinkId } from '../engine/swarm-io.ts';
import { parseInfoHash, parsePeerId, pieceIndex } from '../wire/ids.ts';
import type { Payload, PeerMessage } from '../wire/peer-message.ts';
import type { PeerTransport, TransportFact } from './ports.ts';

export interface TransportWorld {
  /** Two transports that can reach each other. */
  readonly pair: (
    reportOne: (fact: TransportFact) => void,
    reportOther: (fact: TransportFact) => void,
  ) => readonly [PeerTransport, PeerTransport];
  /** The content of a block. */
  readonly block: (length: number) => Payload;
  /** Lets the world run until the condition holds; rejects when it never will. */
  readonly until: (condition: () => boolean) => Promise<void>;
}

/** One end of the pair, with all it reported. */
interface End {
  readonly transport: PeerTransport;
  readonly facts: TransportFact[];
}

const link = (number: number): LinkId => number as LinkId;
const BLOCK_BYTES = 16 * 1024;

/** The peers at the two ends. */
export const ONE = parsePeerId('1'.repeat(40))!;
export const OTHER = parsePeerId('2'.repeat(40))!;

/** The first message each way, which the wire needs before any other. */
const HANDSHAKE: PeerMessage = {
  kind: 'handshake',
  infoHash: parseInfoHash('a'.repeat(40))!,
  peerId: parsePeerId('b'.repeat(40))!,
  supportsFast: true,
  supportsExtensions: true,
};

/** Registers the cases. `name` begins their titles. */
export function peerTransportContract(name: string, newWorld: () => TransportWorld): void {
  test(`${name}: [L1] a dialled link opens once at both ends`, async () => {
    const { one, other, connect } = begin(newWorld());
    await connect(link(1), link(2));
    expect(one.facts).toEqual([{ kind: 'link-opened', link: link(1) }]);
    expect(other.facts).toEqual([{ kind: 'link-opened', link: link(2) }]);
  });

  test(`${name}: [L2] messages arrive whole, both ways, in the order they were sent`, async () => {
    const { one, other, connect, until, block } = begin(newWorld());
    await connect(link(1), link(2));
    const talk: PeerMessage[] = [
      HANDSHAKE,
      { kind: 'bitfield', bits: new Uint8Array(80_000).fill(0xa5) },
      { kind: 'unchoke' },
      { kind: 'piece', piece: pieceIndex(3), offset: BLOCK_BYTES, data: block(BLOCK_BYTES) },
      { kind: 'have', piece: pieceIndex(70_000) },
      { kind: 'request', block: { piece: pieceIndex(1), offset: 0, length: BLOCK_BYTES } },
    ];
    for (const message of talk) {
      one.transport.send(link(1), message);
      other.transport.send(link(2), message);
    }
    await until(() => received(one).length === talk.length && received(other).length === talk.length);
    expect(received(one)).toEqual(talk);
    expect(received(other)).toEqual(talk);
  });

  test(`${name}: opening is reported before the first message`, async () => {
    const { one, other, connect, until } = begin(newWorld());
    await connect(link(1), link(2), () => other.transport.send(link(2), HANDSHAKE));
    await until(() => received(one).length === 1);
    expect(one.facts.map(({ kind }) => kind)).toEqual(['link-opened', 'message-received']);
  });

  test(`${name}: [L4] every byte of a block that went out is reported as sent, once`, async () => {
    const { one, other, connect, until, block } = begin(newWorld());
    await connect(link(1), link(2));
    one.transport.send(link(1), HANDSHAKE);
    for (let offset = 0; offset < 64 * BLOCK_BYTES; offset += BLOCK_BYTES) {
      one.transport.send(link(1), { kind: 'piece', piece: pieceIndex(0), offset, data: block(BLOCK_BYTES) });
      one.transport.send(link(1), { kind: 'keep-alive' });
    }
    expect(sentBytes(one), 'nothing is reported within the call').toBe(0);
    await until(() => received(other).length === 129 && sentBytes(one) >= 64 * BLOCK_BYTES);
    expect(sentBytes(one)).toBe(64 * BLOCK_BYTES);
    expect(sentBytes(other)).toBe(0);
  });

  test(`${name}: when one end closes, the other hears it once, and the closer nothing`, async () => {
    const { one, other, connect, until } = begin(newWorld());
    await connect(link(1), link(2));
    one.transport.close(link(1));
    await until(() => closings(other).length > 0);
    one.transport.send(link(1), HANDSHAKE);
    other.transport.send(link(2), HANDSHAKE);
    // A second link outlives all that the first one may still have to say.
    await connect(link(3), link(4));
    expect(closings(other)).toEqual([link(2)]);
    expect(closings(one)).toEqual([]);
    expect(received(one)).toEqual([]);
    expect(received(other)).toEqual([]);
  });

  test(`${name}: [L1] two links between the same two do not mix`, async () => {
    const { one, other, connect, until } = begin(newWorld());
    await Promise.all([connect(link(1), link(2)), connect(link(3), link(4))]);
    one.transport.send(link(1), HANDSHAKE);
    one.transport.send(link(3), HANDSHAKE);
    one.transport.send(link(3), { kind: 'choke' });
    await until(() => received(other).length === 3);
    expect(received(other, link(2))).toEqual([HANDSHAKE]);
    expect(received(other, link(4))).toEqual([HANDSHAKE, { kind: 'choke' }]);
    one.transport.close(link(1));
    await until(() => closings(other).length === 1);
    expect(closings(other)).toEqual([link(2)]);
  });

  test(`${name}: a link closed while it is being made reports nothing, and its answer is ignored`, async () => {
    const { one, other, connect, result } = begin(newWorld());
    const offer = await result(one.transport.dial(link(1), OTHER));
    const answer = await result(other.transport.accept(link(2), offer, ONE));
    one.transport.close(link(1));
    one.transport.complete(link(1), answer);
    other.transport.close(link(2));
    await connect(link(3), link(4));
    expect(one.facts).toEqual([{ kind: 'link-opened', link: link(3) }]);
    expect(other.facts).toEqual([{ kind: 'link-opened', link: link(4) }]);
  });

  test(`${name}: an offer that is none is refused, and nothing is reported of it`, async () => {
    const { other, connect, result } = begin(newWorld());
    await expect(result(other.transport.accept(link(2), 'rubbish', ONE))).rejects.toBeInstanceOf(Error);
    await connect(link(3), link(4));
    expect(other.facts).toEqual([{ kind: 'link-opened', link: link(4) }]);
  });

  test(`${name}: an answer that is none ends the link once`, async () => {
    const { one, until, result } = begin(newWorld());
    await result(one.transport.dial(link(1), OTHER));
    one.transport.complete(link(1), 'rubbish');
    await until(() => one.facts.length > 0);
    expect(one.facts).toEqual([{ kind: 'link-closed', link: link(1), reason: expect.any(String) }]);
  });

  test(`${name}: a link closed in the midst of a report reports nothing more`, async () => {
    const world = newWorld();
    const { one, other, connect, until } = begin(world, (end, fact) => {
      if (fact.kind === 'message-received') end.transport.close(fact.link);
    });
    await connect(link(1), link(2));
    for (const message of [HANDSHAKE, { kind: 'choke' }, { kind: 'unchoke' }] as const) {
      one.transport.send(link(1), message);
    }
    await until(() => closings(one).length === 1);
    expect(received(other)).toEqual([HANDSHAKE]);
  });

  test(`${name}: links that never were can be sent to, completed and closed without harm`, () => {
    const { one } = begin(newWorld());
    one.transport.send(link(9), HANDSHAKE);
    one.transport.complete(link(9), 'rubbish');
    one.transport.close(link(9));
    expect(one.facts).toEqual([]);
  });
}

/** Both ends, and what the cases do with them. `react` is called at the end that got the fact. */
function begin(world: TransportWorld, react: (end: End, fact: TransportFact) => void = () => undefined) {
  const [oneFacts, otherFacts]: [TransportFact[], TransportFact[]] = [[], []];
  const [oneTransport, otherTransport] = world.pair(
    (fact) => take(one, fact),
    (fact) => take(other, fact),
  );
  // Which way links go is each transport's own matter.
  function take(end: End, fact: TransportFact): void {
    if (fact.kind === 'link-routed') return;
    end.facts.push(fact);
    react(end, fact);
  }
  const one: End = { transport: oneTransport, facts: oneFacts };
  const other: End = { transport: otherTransport, facts: otherFacts };

  /** The result of a promise that may need the world to run. */
  const result = async <T>(promise: Promise<T>): Promise<T> => {
    let isSettled = false;
    const settle = (): void => void (isSettled = true);
    promise.then(settle, settle);
    await world.until(() => isSettled);
    return promise;
  };
  /** Dials from `one` to `other`, until both ends are open; `onOpen` is called when `other` is, maybe before `one`. */
  const connect = async (from: LinkId, to: LinkId, onOpen: () => void = () => undefined): Promise<void> => {
    const isOpen = (end: End, link: LinkId): boolean =>
      end.facts.some((fact) => fact.kind === 'link-opened' && fact.link === link);
    const offer = await result(one.transport.dial(from, OTHER));
    one.transport.complete(from, await result(other.transport.accept(to, offer, ONE)));
    await world.until(() => isOpen(other, to));
    onOpen();
    await world.until(() => isOpen(one, from));
  };
  return { ...world, one, other, result, connect };
}

const received = (end: End, link: LinkId | null = null): PeerMessage[] =>
  end.facts.flatMap((fact) =>
    fact.kind === 'message-received' && (link === null || fact.link === link) ? [fact.message] : [],
  );

const closings = (end: End): LinkId[] => end.facts.flatMap((fact) => (fact.kind === 'link-closed' ? [fact.link] : []));

const sentBytes = (end: End): number =>
  end.facts.reduce((sum, fact) => (fact.kind === 'blocks-sent' ? sum + fact.bytes : sum), 0);
