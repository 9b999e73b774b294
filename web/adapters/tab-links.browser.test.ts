/** Links between tabs of one browser against the contract, and what becomes of those that are not in this browser. */
import { afterEach, expect, test, vi } from 'vitest';

import { ONE, OTHER, peerTransportContract } from '../../shared/driver/peer-transport.contract.ts';
import type { TransportFact } from '../../shared/driver/ports.ts';
import { FakeTransport } from '../../shared/driver/world.test-kit.ts';
import type { LinkId } from '../../shared/engine/swarm-io.ts';
import type { InfoHash, PeerId } from '../../shared/wire/ids.ts';
import { withTabLinks } from './tab-links.ts';

const [FIRST, SECOND] = [1 as LinkId, 2 as LinkId];
const SDP = 'v=0\r\n';

/** What a link within the browser is offered and answered by. */
const CHANNEL = /^tabswarm-link-[0-9a-f]{32}$/;
const OFFER = `tabswarm-link-${'0'.repeat(32)}`;

type Transport = ReturnType<typeof withTabLinks>;

/** A transport over the network, which notes what it is asked for. */
class Network extends FakeTransport {
  readonly closeAll = (): void => undefined;
}

interface Tab {
  readonly transport: Transport;
  readonly network: Network;
  readonly facts: TransportFact[];
}

const transports: Transport[] = [];
let swarms = 0;

afterEach(() => {
  vi.useRealTimers();
  for (const transport of transports.splice(0)) transport.closeAll();
});

const newSwarm = (): InfoHash => String((swarms += 1)).padStart(40, '0') as InfoHash;

function open(
  infoHash: InfoHash,
  self: PeerId,
  {
    report = () => undefined,
    locks = navigator.locks,
    network = new Network(),
  }: {
    readonly report?: (fact: TransportFact) => void;
    /** null: none, as on a plain-http page. */
    readonly locks?: LockManager | null;
    readonly network?: Network;
  } = {},
): Tab {
  const facts: TransportFact[] = [];
  const take = (fact: TransportFact): void => (facts.push(fact), report(fact));
  const transport = withTabLinks({ infoHash, self, report: take, others: network, locks: locks ?? undefined });
  transports.push(transport);
  return { transport, network, facts };
}

/** Resolves when all tabs have heard of each other: what `self` says of itself is heard in the order in which it was said. */
async function haveMet(infoHash: InfoHash, tabs = 2): Promise<void> {
  const presence = new BroadcastChannel(`tabswarm-tabs-${infoHash}`);
  const heard = new Set<PeerId>();
  presence.addEventListener('message', ({ data }: MessageEvent<{ peer: PeerId }>) => heard.add(data.peer));
  presence.postMessage({ peer: 'f'.repeat(40), isNew: true });
  await vi.waitUntil(() => heard.size === tabs);
  presence.close();
}

/** Resolves when one side of this link has said that it listens, and the other could have heard it: this channel is younger than theirs. */
function opened(channel: string): Promise<void> {
  const ear = new BroadcastChannel(channel);
  return new Promise((resolve) => {
    ear.addEventListener('message', ({ data }: MessageEvent<unknown>) => {
      if (data === 'open') resolve(ear.close());
    });
  });
}

async function met(): Promise<{ one: Tab; other: Tab }> {
  const swarm = newSwarm();
  const [one, other] = [open(swarm, ONE), open(swarm, OTHER)];
  await haveMet(swarm);
  return { one, other };
}

for (const [where, locks] of [
  ['on a secure page', navigator.locks],
  ['on a plain-http page', null],
] as const) {
  peerTransportContract(`tab links ${where}`, () => ({
    pair: (reportOne, reportOther) => {
      const swarm = newSwarm();
      class Nobody extends Network {
        override readonly accept = (): Promise<string> => Promise.reject(new Error('No description.'));
      }
      const one = open(swarm, ONE, { report: reportOne, locks, network: new Nobody() });
      const other = open(swarm, OTHER, { report: reportOther, locks, network: new Nobody() });
      const knowing = haveMet(swarm).catch(() => undefined);
      const dial: Transport['dial'] = (link, peer) => knowing.then(() => one.transport.dial(link, peer));
      return [{ ...one.transport, dial }, other.transport];
    },
    block: (length) => Uint8Array.from({ length }, (_, index) => index & 0xff),
    until: async (condition) => {
      await vi.waitUntil(condition, { timeout: 20_000, interval: 5 });
    },
  }));
}

test('[L5] a link within the browser says so', async () => {
  const { one, other } = await met();
  const offer = await one.transport.dial(FIRST, OTHER);
  expect(offer).toMatch(CHANNEL);
  one.transport.complete(FIRST, await other.transport.accept(SECOND, offer, ONE));
  await vi.waitUntil(() => one.facts.length === 2 && other.facts.length === 2);
  expect(one.facts[1]).toEqual({ kind: 'link-routed', link: FIRST, route: 'same-browser' });
  expect(other.facts[1]).toEqual({ kind: 'link-routed', link: SECOND, route: 'same-browser' });
  expect([...one.network.told, ...other.network.told]).toEqual([]);
});

test('[L5] a link comes about whichever side is heard first, as when a busy browser is late to let one of them listen', async () => {
  const { one, other } = await met();
  const offer = await one.transport.dial(FIRST, OTHER);
  const isSaid = opened(offer);
  one.transport.complete(FIRST, offer);
  await isSaid;
  void other.transport.accept(SECOND, offer, ONE);
  await vi.waitUntil(() => one.facts.length === 2 && other.facts.length === 2);
  expect([...one.facts, ...other.facts].map(({ kind }) => kind)).toEqual([
    'link-opened',
    'link-routed',
    'link-opened',
    'link-routed',
  ]);
});

test('a link is not open for who offered it before there is an answer', async () => {
  const { one, other } = await met();
  const offer = await one.transport.dial(FIRST, OTHER);
  const isSaid = opened(offer);
  const answer = await other.transport.accept(SECOND, offer, ONE);
  await isSaid;
  expect(one.facts).toEqual([]);
  one.transport.complete(FIRST, answer);
  await vi.waitUntil(() => one.facts.length === 2 && other.facts.length === 2);
});

test('an answer that comes twice opens a link once, on a plain-http page too', async () => {
  const swarm = newSwarm();
  const [one, other] = [open(swarm, ONE, { locks: null }), open(swarm, OTHER, { locks: null })];
  await haveMet(swarm);
  const offer = await one.transport.dial(FIRST, OTHER);
  const answer = await other.transport.accept(SECOND, offer, ONE);
  one.transport.complete(FIRST, answer);
  await vi.waitUntil(() => one.facts.length === 2 && other.facts.length === 2);
  const isSaid = opened(offer);
  one.transport.complete(FIRST, answer);
  await isSaid;
  expect([one.facts.length, other.facts.length]).toEqual([2, 2]);
});

test('a peer that is not in this browser, and anybody, are offered a connection over the network', async () => {
  const { one } = await met();
  void one.transport.dial(FIRST, 'c'.repeat(40) as PeerId);
  void one.transport.dial(SECOND, null);
  await vi.waitUntil(() => one.network.told.length === 2);
  expect(one.network.told).toEqual(['dial 2', 'dial 1']);
});

test('[L5] a tab that came first links within the browser with one that it has not heard of yet, whichever of them calls', async () => {
  const swarm = newSwarm();
  const { transport } = open(swarm, ONE);
  await haveMet(swarm, 1);
  open(swarm, OTHER);
  expect(await transport.dial(FIRST, OTHER)).toMatch(CHANNEL);
  const third = 'c'.repeat(40) as PeerId;
  open(swarm, third);
  expect(await transport.accept(SECOND, SDP, third)).toMatch(CHANNEL);
});

test('a link that is closed before it is known where its peer is comes to nothing', async () => {
  const { one } = await met();
  const elsewhere = 'c'.repeat(40) as PeerId;
  void one.transport.dial(FIRST, elsewhere);
  one.transport.close(FIRST);
  void one.transport.accept(SECOND, SDP, elsewhere);
  one.transport.close(SECOND);
  void one.transport.dial(3 as LinkId, elsewhere);
  await vi.waitUntil(() => one.network.told.includes('dial 3'));
  expect(one.network.told).toEqual(['close 1', 'close 2', 'dial 3']);
});

test('[L5] who was offered a connection over the network by a tab of this browser answers with a link within it', async () => {
  const { one, other } = await met();
  void one.transport.dial(FIRST, null);
  const answer = await other.transport.accept(SECOND, SDP, ONE);
  expect(answer).toMatch(CHANNEL);
  one.transport.complete(FIRST, answer);
  await vi.waitUntil(() => one.facts.length === 2 && other.facts.length === 2);
  expect(one.network.told, 'the connection that was offered is given up').toEqual(['dial 1', 'close 1']);
});

test('an offer over the network by a peer elsewhere is answered over the network', async () => {
  const { other } = await met();
  void other.transport.accept(SECOND, SDP, 'c'.repeat(40) as PeerId);
  await vi.waitUntil(() => other.network.told.length > 0);
  expect(other.network.told).toEqual([`accept 2 ${SDP}`]);
});

test('where no tab hears another, nobody waits for a word', async () => {
  class Deaf extends BroadcastChannel {
    constructor(name: string) {
      super(name + crypto.randomUUID());
    }
  }
  vi.stubGlobal('BroadcastChannel', Deaf);
  const { transport, network } = open(newSwarm(), ONE);
  vi.unstubAllGlobals();
  void transport.dial(FIRST, OTHER);
  void transport.accept(SECOND, SDP, OTHER);
  await vi.waitUntil(() => network.told.length === 2);
  expect(network.told).toEqual(['dial 1', `accept 2 ${SDP}`]);
});

test('swarms do not hear of each other', async () => {
  const [one, other] = [open(newSwarm(), ONE), open(newSwarm(), OTHER)];
  void one.transport.dial(FIRST, OTHER);
  void other.transport.accept(SECOND, SDP, ONE);
  await vi.waitUntil(() => one.network.told.length + other.network.told.length === 2);
  expect(one.network.told).toEqual(['dial 1']);
  expect(other.network.told).toEqual([`accept 2 ${SDP}`]);
});

test('[L5] a stranger who only says that it is in this browser gets no link, and is given up', async () => {
  const { other } = await met();
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  expect(await other.transport.accept(FIRST, OFFER, 'c'.repeat(40) as PeerId)).toBe(OFFER);
  void other.transport.dial(SECOND, null);
  other.transport.complete(SECOND, `tabswarm-link-${'1'.repeat(32)}`);
  vi.advanceTimersByTime(25_000);
  const reason = 'No connection came about in 25 seconds.';
  expect(other.facts).toEqual([
    { kind: 'link-closed', link: FIRST, reason },
    { kind: 'link-closed', link: SECOND, reason },
  ]);
});

test.each(['tabswarm-link-', `tabswarm-link-${'0'.repeat(31)}`, `${OFFER}0`, 'tabswarm-room'])(
  'the offer %s is left to the network to refuse',
  async (offer) => {
    const { other } = await met();
    void other.transport.accept(FIRST, offer, ONE);
    expect(other.network.told).toEqual([`accept 1 ${offer}`]);
  },
);

test('the answer to an offer counts once, and only with the name that was offered', async () => {
  const { one } = await met();
  await one.transport.dial(FIRST, OTHER);
  one.transport.complete(FIRST, OFFER);
  await vi.waitUntil(() => one.facts.length > 0);
  const reason = 'The session description of the neighbour is unusable.';
  expect(one.facts).toEqual([{ kind: 'link-closed', link: FIRST, reason }]);
  one.transport.complete(SECOND, OFFER);
  expect(one.network.told, 'what was never offered is not begun').toEqual([`complete 2 ${OFFER}`]);
});

test('[L6] a neighbour whose tab is gone without a word is noticed at once', async () => {
  const { one, other } = await met();
  const offer = await one.transport.dial(FIRST, OTHER);
  one.transport.complete(FIRST, await other.transport.accept(SECOND, offer, ONE));
  await vi.waitUntil(() => one.facts.length === 2 && other.facts.length === 2);
  // What the browser does with the locks of a tab that crashed.
  await navigator.locks.request(`${offer}-called`, { steal: true }, () => undefined);
  await vi.waitUntil(() => one.facts.length === 3);
  expect(one.facts[2]).toEqual({
    kind: 'link-closed',
    link: FIRST,
    reason: 'The connection to the neighbour was lost.',
  });
});
