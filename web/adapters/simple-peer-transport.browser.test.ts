/** simple-peer against the contract, in a real browser with real connections over the loopback. */
import { afterEach, expect, test, vi } from 'vitest';

import type { TransportFact } from '../../shared/driver/ports.ts';
import { peerTransportContract } from '../../shared/driver/peer-transport.contract.ts';
import type { LinkId } from '../../shared/engine/swarm-io.ts';
import { ConnectionBudget } from './connection-budget.ts';
import { type SimplePeerTransport, createSimplePeerTransport } from './simple-peer-transport.ts';

const transports: SimplePeerTransport[] = [];

function open(report: (fact: TransportFact) => void, iceServers: readonly RTCIceServer[] = []): SimplePeerTransport {
  const transport = createSimplePeerTransport({
    report,
    budget: new ConnectionBudget(() => performance.now()),
    iceServers: () => iceServers,
  });
  transports.push(transport);
  return transport;
}

const until = async (condition: () => boolean): Promise<void> => {
  await vi.waitUntil(condition, { timeout: 20_000, interval: 5 });
};

afterEach(() => {
  vi.useRealTimers();
  for (const transport of transports.splice(0)) transport.closeAll();
});

peerTransportContract('simple-peer', () => ({
  pair: (reportOne, reportOther) => [open(reportOne), open(reportOther)],
  block: (length) => Uint8Array.from({ length }, (_, index) => index & 0xff),
  until,
}));

test('simple-peer: a link that nobody answers is given up', async () => {
  const facts: TransportFact[] = [];
  const transport = open((fact) => facts.push(fact));
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  const dialling = transport.dial(1 as LinkId, null);
  await vi.advanceTimersByTimeAsync(1);
  // The browser describes the link in real time: a clock that ran meanwhile could be through its 25 seconds first.
  await dialling;
  expect(facts).toEqual([]);
  await vi.advanceTimersByTimeAsync(25_000);
  expect(facts).toEqual([{ kind: 'link-closed', link: 1, reason: 'No connection came about in 25 seconds.' }]);
});

test.each([
  ['2 s for a STUN server that never answers', [{ urls: 'stun:127.0.0.1:9' }], 2000],
  ['30 ms where there is no server to ask', [], 30],
])('simple-peer: from its first candidate an offer waits at most %s', async (_, iceServers, waitMs) => {
  let noteCandidate: () => void;
  const firstCandidate = new Promise<void>((resolve) => (noteCandidate = resolve));
  class NeverGathered extends RTCPeerConnection {
    override set onicecandidate(listener: RTCPeerConnection['onicecandidate']) {
      super.onicecandidate = function withoutTheEnd(this: RTCPeerConnection, event): void {
        if (event.candidate === null) return;
        listener?.call(this, event);
        noteCandidate();
      };
    }
  }
  vi.stubGlobal('RTCPeerConnection', NeverGathered);
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  const onOffer = vi.fn<() => void>();
  const offer = open(() => undefined, iceServers).dial(1 as LinkId, null);
  void offer.then(onOffer);
  // simple-peer begins in a task of its own.
  await vi.advanceTimersByTimeAsync(0);
  await firstCandidate;
  await vi.advanceTimersByTimeAsync(waitMs - 1);
  expect(onOffer).not.toHaveBeenCalled();
  await vi.advanceTimersByTimeAsync(1);
  expect(await offer).toContain('a=candidate:');
  vi.unstubAllGlobals();
});

test('[L1] simple-peer: the dialling side opens one ordered, reliable channel, and minds no second one', async () => {
  const stranger = await meetStranger();
  expect(stranger.channels).toHaveLength(1);
  expect(stranger.channels[0]).toMatchObject({ ordered: true, maxRetransmits: null, maxPacketLifeTime: null });
  const second = stranger.connection.createDataChannel('second');
  await until(() => second.readyState === 'open');
  second.send('hello');
  stranger.channels[0].send(HANDSHAKE);
  await until(() => stranger.facts.length > 1);
  expect(stranger.facts.map(({ kind }) => kind)).toEqual(['link-opened', 'message-received']);
  stranger.connection.close();
});

test('[L2] simple-peer: a message that comes byte by byte arrives whole', async () => {
  const stranger = await meetStranger();
  for (const byte of HANDSHAKE) stranger.channels[0].send(Uint8Array.of(byte));
  await until(() => stranger.facts.length > 1);
  expect(stranger.facts[1]).toMatchObject({ kind: 'message-received', message: { kind: 'handshake' } });
  stranger.connection.close();
});

test.each([
  ['text', 'hello'],
  ['bytes of another protocol', new TextEncoder().encode('GET / HTTP/1.1\r\nHost: example.org\r\n\r\n')],
])('[W4] simple-peer: %s is reported as malformed once, and what follows is ignored', async (_, nonsense) => {
  const stranger = await meetStranger();
  const [channel] = stranger.channels;
  for (let times = 0; times < 3; times += 1) {
    if (typeof nonsense === 'string') channel.send(nonsense);
    else channel.send(nonsense);
  }
  channel.send(HANDSHAKE);
  stranger.connection.close();
  await until(() => stranger.facts.at(-1)?.kind === 'link-closed');
  expect(stranger.facts.map(({ kind }) => kind)).toEqual(['link-opened', 'malformed-received', 'link-closed']);
});

/** The 68 bytes that begin a stream (BEP 3). */
const HANDSHAKE = Uint8Array.of(
  19,
  ...new TextEncoder().encode(`BitTorrent protocol${'\0'.repeat(8)}${'a'.repeat(40)}`),
);

/** A peer that is not made by us, connected to a transport of ours. */
async function meetStranger() {
  const facts: TransportFact[] = [];
  const transport = open((fact) => facts.push(fact));
  const channels: RTCDataChannel[] = [];
  const connection = new RTCPeerConnection();
  connection.addEventListener('datachannel', ({ channel }) => channels.push(channel));
  await connection.setRemoteDescription({ type: 'offer', sdp: await transport.dial(1 as LinkId, null) });
  await connection.setLocalDescription();
  await until(() => connection.iceGatheringState === 'complete');
  transport.complete(1 as LinkId, connection.localDescription!.sdp);
  await until(() => facts.length > 0 && channels.some(({ readyState }) => readyState === 'open'));
  return { facts, channels, connection };
}
