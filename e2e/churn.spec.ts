/** However fast others come and go, a tab never has too many connections, nor makes too many: Chromium gives out 500 and then no more. */
import type { Page } from '@playwright/test';

import { LIVE_MAX } from '../web/adapters/connection-budget.ts';
import { MEGABYTE } from './files.ts';
import { expect, share, test } from './fixtures.ts';

/** What the tab may make at once, and one more each ten seconds. */
const MADE_MAX = 125;

test('[S10] a tab that crowds call and leave keeps to 60 connections, and declines at once what would be too many', async ({
  server,
  sample,
  tab,
  tabElsewhere,
}) => {
  const sharer = await tab();
  await sharer.addInitScript(countConnections);
  const link = await share(sharer, server.origin, await sample('small.bin', MEGABYTE));
  const elsewhere = await tabElsewhere();
  await elsewhere.goto(`${server.origin}/healthz`);

  const ends: Visit[] = [];
  for (const [visitors, within] of [
    [LIVE_MAX + 5, LIVE_MAX],
    [LIVE_MAX + 5, LIVE_MAX],
    [10, MADE_MAX - 2 * LIVE_MAX],
  ]) {
    const visits = await elsewhere.evaluate(crowd, { infoHash: link.slice(-40), visitors });
    expect(visits.filter(({ end }) => end === 'connected').length).toBeLessThanOrEqual(within);
    ends.push(...visits);
    await elsewhere.evaluate(leave);
    await expect.poll(async () => (await connections(sharer)).live, { timeout: 30_000 }).toBe(0);
  }
  expect(ends.filter(({ end }) => end === 'connected').length).toBeGreaterThanOrEqual(2 * LIVE_MAX - 5);
  const declined = ends.filter(({ end }) => end === 'declined');
  expect(declined.length).toBeGreaterThanOrEqual(10);
  // An answer that never comes is waited for 25 s.
  expect(Math.max(...declined.map(({ tookMs }) => tookMs))).toBeLessThan(10_000);
  const { most, made } = await connections(sharer);
  expect(most).toBeLessThanOrEqual(LIVE_MAX);
  expect(made).toBeLessThanOrEqual(MADE_MAX);
});

interface Connections {
  readonly live: number;
  /** The most that lived at once. */
  readonly most: number;
  readonly made: number;
}

interface Visit {
  readonly end: 'connected' | 'declined';
  readonly tookMs: number;
}

const connections = (page: Page): Promise<Connections> =>
  page.evaluate(() => ({ ...(globalThis as unknown as { connections: Connections }).connections }));

/** Runs inside a page, as what follows does, so it must not use anything of this module. */
function countConnections(): void {
  const seen = { live: 0, most: 0, made: 0 };
  const Connection = globalThis.RTCPeerConnection;
  globalThis.RTCPeerConnection = class extends Connection {
    constructor(configuration?: RTCConfiguration) {
      super(configuration);
      seen.made += 1;
      seen.live += 1;
      seen.most = Math.max(seen.most, seen.live);
    }

    override close(): void {
      if (this.signalingState !== 'closed') seen.live -= 1;
      super.close();
    }
  };
  Object.assign(globalThis, { connections: seen });
}

/** So many peers, each with a socket of its own, that call the one who has everything and stay; how each fared. */
async function crowd({ infoHash, visitors }: { infoHash: string; visitors: number }): Promise<Visit[]> {
  interface Frame {
    readonly neighbours?: string[];
    readonly offer_id?: string;
    readonly answer?: RTCSessionDescriptionInit;
    readonly 'failure reason'?: string;
  }
  const binary = infoHash.replace(/../g, (digits) => String.fromCharCode(Number.parseInt(digits, 16)));
  const present = { connections: [] as RTCPeerConnection[], sockets: [] as WebSocket[] };
  const named = (kind: string): string => kind + Math.random().toString(36).slice(2).padEnd(20, '0').slice(0, 19);
  const describe = async (connection: RTCPeerConnection): Promise<RTCSessionDescription> => {
    await connection.setLocalDescription();
    if (connection.iceGatheringState !== 'complete') {
      await new Promise<void>((resolve) =>
        connection.addEventListener('icecandidate', ({ candidate }) => candidate === null && resolve()),
      );
    }
    return connection.localDescription!;
  };
  const visit = async (target: string): Promise<Visit> => {
    const speaker = { action: 'announce', info_hash: binary, peer_id: named('v') };
    const socket = new WebSocket(`${location.origin.replace('http', 'ws')}/signal`);
    await new Promise((resolve) => socket.addEventListener('open', resolve));
    const connection = new RTCPeerConnection();
    present.sockets.push(socket);
    present.connections.push(connection);
    const channel = connection.createDataChannel('visit');
    const offer = await describe(connection);
    const offerId = named('o');
    socket.send(JSON.stringify({ ...speaker, event: 'started', left: 1, numwant: 0, neighbours: 0 }));
    const begunAt = performance.now();
    return new Promise((resolve) => {
      const finish = (end: Visit['end']): void => resolve({ end, tookMs: performance.now() - begunAt });
      channel.addEventListener('open', () => finish('connected'));
      socket.addEventListener('message', ({ data }: MessageEvent<string>) => {
        const frame = JSON.parse(data) as Frame;
        if (frame.offer_id !== offerId) return;
        if (frame.answer !== undefined) void connection.setRemoteDescription(frame.answer);
        if (frame['failure reason'] !== undefined) finish('declined');
      });
      socket.send(JSON.stringify({ ...speaker, to_peer_id: target, offer_id: offerId, offer }));
    });
  };
  /** The peer that the server names: nobody else is here. */
  const sharer = await new Promise<string>((resolve) => {
    const socket = new WebSocket(`${location.origin.replace('http', 'ws')}/signal`);
    const frame = { action: 'announce', info_hash: binary, peer_id: named('s'), event: 'started', left: 1, numwant: 0 };
    socket.addEventListener('open', () => socket.send(JSON.stringify({ ...frame, neighbours: 5 })));
    socket.addEventListener('message', ({ data }: MessageEvent<string>) => {
      const [first] = (JSON.parse(data) as Frame).neighbours ?? [];
      if (first === undefined) return;
      socket.close();
      resolve(first);
    });
  });
  Object.assign(globalThis, { present });
  return Promise.all(Array.from({ length: visitors }, () => visit(sharer)));
}

function leave(): void {
  const { present } = globalThis as unknown as { present: { connections: RTCPeerConnection[]; sockets: WebSocket[] } };
  for (const connection of present.connections) connection.close();
  for (const socket of present.sockets) socket.close();
}
