/** A signal server over real sockets on the loopback, for tests, and clients whose frames are read one by one. */
import { once } from 'node:events';
import { type Server, createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

import { WebSocket } from 'ws';

import { seededRandom } from '../shared/base/random.ts';
import { decodeServerMessage, encodeClientMessage } from '../shared/wire/signal-codec.ts';
import type { ServerMessage } from '../shared/wire/signal-message.ts';
import { addressReader } from './client-address.ts';
import { Doorkeeper, type DoorkeeperParts } from './doorkeeper.ts';
import { SOCKET_LIMITS, type SocketLimits, type TrackerLimits } from './limits.ts';
import { SignalServer } from './server.ts';
import { TestTracker, announce } from './test-tracker.ts';
import { Outbox } from './outbox.ts';
import { Traffic } from './traffic.ts';

export interface Running {
  readonly world: TestTracker;
  readonly signal: SignalServer;
  readonly http: Server;
  readonly port: number;
  /** What went wrong in the server itself. */
  readonly faults: unknown[];
}

/** What differs from a server as it comes. */
interface Choices {
  readonly socket?: Partial<SocketLimits>;
  readonly tracker?: Partial<TrackerLimits>;
  readonly door?: Partial<DoorkeeperParts>;
}

const running: Running[] = [];

export async function start({ socket = {}, tracker = {}, door = {} }: Choices = {}): Promise<Running> {
  const world = new TestTracker(tracker);
  const faults: unknown[] = [];
  const signal = new SignalServer({
    tracker: world.tracker,
    limits: { ...SOCKET_LIMITS, ...socket },
    traffic: new Traffic(),
    outbox: new Outbox(),
    now: () => world.now,
    random: seededRandom(1),
    report: (error) => faults.push(error),
    nodeName: 'test',
    doorkeeper: new Doorkeeper({
      allowedOrigins: [],
      socketsPerAddressMax: 100,
      readAddress: addressReader([]),
      isMemoryShort: () => false,
      ...door,
    }),
  });
  const http = createServer();
  http.on('upgrade', (request, stream, head) => signal.upgrade(request, stream, head));
  http.listen(0, '127.0.0.1');
  await once(http, 'listening');
  const started = { world, signal, http, port: (http.address() as AddressInfo).port, faults };
  running.push(started);
  return started;
}

/** Stops every server that a test started. */
export async function stopAll(): Promise<void> {
  for (const { signal, http } of running.splice(0)) {
    await signal.close();
    http.closeAllConnections();
    http.close();
  }
}

/** A client whose frames are read one by one. */
export class Client {
  readonly socket: WebSocket;
  readonly #frames: string[] = [];
  #awaken: () => void = () => {};

  constructor({ port }: Running, options: { path?: string; autoPong?: boolean } = {}) {
    this.socket = new WebSocket(`ws://127.0.0.1:${port}${options.path ?? '/signal'}`, { autoPong: options.autoPong });
    this.socket.on('message', (data: Buffer) => {
      this.#frames.push(data.toString());
      this.#awaken();
    });
  }

  static async open(server: Running, options: { autoPong?: boolean } = {}): Promise<Client> {
    const client = new Client(server, options);
    await once(client.socket, 'open');
    return client;
  }

  async frame(): Promise<string> {
    while (this.#frames.length === 0) await new Promise<void>((resolve) => (this.#awaken = resolve));
    return this.#frames.shift()!;
  }

  async message(): Promise<ServerMessage> {
    return decodeServerMessage(await this.frame()) as ServerMessage;
  }

  async announce(name: string): Promise<ServerMessage> {
    this.socket.send(encodeClientMessage(announce(name, { event: 'started' })));
    return this.message();
  }

  /** Announces until the swarm has so many leechers: peers leave a moment after their sockets have closed. */
  async announceUntil(name: string, incomplete: number): Promise<void> {
    let reply = await this.announce(name);
    while (reply.kind === 'announced' && reply.incomplete !== incomplete) reply = await this.announce(name);
  }

  /** The code that the connection closes with. */
  async closing(): Promise<number> {
    const [code] = (await once(this.socket, 'close')) as [number];
    return code;
  }
}
