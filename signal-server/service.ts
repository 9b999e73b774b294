/** One running server: the page, the rules and the sockets put together and listening. */
import { randomBytes } from 'node:crypto';
import { type RequestListener, type Server, createServer } from 'node:http';
import { type AddressInfo, isIPv6 } from 'node:net';

import { seededRandom } from '../shared/base/random.ts';
import type { InfoHash } from '../shared/wire/ids.ts';
import { openBacking } from './backing.ts';
import { Blocklist } from './blocklist.ts';
import { addressReader } from './client-address.ts';
import type { Config } from './config.ts';
import { Doorkeeper } from './doorkeeper.ts';
import { makePage } from './http.ts';
import { iceFor } from './ice.ts';
import { socketLimits, trackerLimits } from './limits.ts';
import type { Log } from './log.ts';
import { MemoryGauge } from './memory-gauge.ts';
import { makeMetrics } from './metrics.ts';
import { Outbox } from './outbox.ts';
import { SignalServer } from './server.ts';
import { StunServer } from './stun-server.ts';
import { createTlsServer } from './tls.ts';
import { Tracker } from './tracker.ts';
import { Traffic } from './traffic.ts';

const MIB = 1024 * 1024;

export interface ServiceParts {
  readonly config: Config;
  /** The built page. */
  readonly webFolder: string;
  readonly log: Log;
}

export interface Service {
  /** The port it listens on, also when 0 was asked for. */
  readonly port: number;
  /** Where STUN is answered; null when it is switched off, or its port could not be had. */
  readonly stunPort: number | null;
  readonly signal: SignalServer;
  /** Ends all connections; resolves soon. */
  readonly close: () => Promise<void>;
}

/** Starts to listen. Rejects with the error of `listen` (EADDRINUSE, EACCES, …), or when there is no page to serve. */
export async function startService({ config, webFolder, log }: ServiceParts): Promise<Service> {
  // Whole milliseconds: V8 keeps small integers in place, and fractions in objects of their own.
  const now = (): number => Math.floor(performance.now());
  const startedAt = now();
  const blocklist = await Blocklist.open(config.blockedHashesFile, {
    onRead: (count) => log.info({ count }, 'The file of blocked hashes was read.'),
    onTrouble: (sentence) => log.warn(sentence),
  });
  const report = (error: unknown): void => log.error({ err: error }, 'The server survived a fault of its own.');
  const random = seededRandom(randomBytes(4).readInt32LE());
  const nodeName = randomBytes(6).toString('hex');
  const backing = openBacking({
    redisUrls: config.redisUrls,
    nodeName,
    random,
    now,
    onBack: () => log.info('Redis is there: this node and the others are one.'),
    onAway: (cause) => log.warn({ err: cause }, 'Redis is away: this node serves those it has.'),
  });
  const { directory, relay } = backing;
  const newTrackerId = (): string => randomBytes(16).toString('hex');
  const isBlocked = (infoHash: InfoHash): boolean => blocklist.has(infoHash);
  const tracker = new Tracker({ directory, relay, limits: trackerLimits(config), isBlocked, newTrackerId });
  const traffic = new Traffic();
  const readLoad = async () => ({ ...(await directory.size()), sockets: tracker.load.sockets });
  const uptimeSeconds = (): number => Math.floor((now() - startedAt) / 1000);
  const stun = await startStun(config, { now, report });
  const page = makePage({
    webFolder,
    report,
    readHealth: async () => ({ status: 'ok', ...(await readLoad()), uptimeSeconds: uptimeSeconds() }),
    metrics: makeMetrics({ traffic, readLoad, readStun: () => stun?.traffic ?? null }),
    iceFor: (host) =>
      iceFor(
        { ...config, stunPort: stun?.port ?? null },
        { host, nowSeconds: Math.floor(Date.now() / 1000), user: randomBytes(6).toString('hex') },
      ),
  });
  const http = createHttpServer(config, page, report);
  await listen(http, config).catch(async (error: unknown) => {
    await Promise.all([stun?.close(), backing.close()]);
    blocklist.close();
    throw error;
  });

  const memory = new MemoryGauge(config.memoryMib * MIB, now);
  const doorkeeper = new Doorkeeper({
    ...config,
    readAddress: addressReader(config.trustProxy),
    isMemoryShort: () => memory.isShort(),
  });
  const limits = socketLimits(config);
  const signal = new SignalServer({
    tracker,
    limits,
    traffic,
    outbox: new Outbox(),
    now,
    report,
    nodeName,
    doorkeeper,
    random,
  });
  http.on('upgrade', (request, stream, head) => signal.upgrade(request, stream, head));
  http.on('error', report);
  return {
    port: (http.address() as AddressInfo).port,
    stunPort: stun?.port ?? null,
    signal,
    close: async () => {
      const closed = new Promise<void>((resolve) => http.close(() => resolve()));
      await signal.close();
      http.closeAllConnections();
      await closed;
      await stun?.close();
      await backing.close();
      blocklist.close();
    },
  };
}

/** A page that comes slowly, a head that never ends: how long one request may hold its socket, in milliseconds. */
const TIMEOUTS = { headersTimeout: 10_000, requestTimeout: 30_000 } as const;

function createHttpServer(
  { tlsCert, tlsKey }: Config,
  page: RequestListener,
  report: (error: unknown) => void,
): Server {
  const isPlain = tlsCert === null || tlsKey === null;
  const http = isPlain ? createServer() : createTlsServer({ cert: tlsCert, key: tlsKey }, { report });
  return Object.assign(http, TIMEOUTS).on('request', page);
}

/** A taken port is no reason to serve no page. Behind a trusted proxy the page is on the loopback, STUN must not be. */
function startStun(
  { stunPort, host, trustProxy }: Config,
  parts: { readonly now: () => number; readonly report: (error: unknown) => void },
): Promise<StunServer | null> {
  if (stunPort === 0) return Promise.resolve(null);
  const isProxied = trustProxy.length > 0;
  const everywhere = isIPv6(host) ? '::' : '0.0.0.0';
  return StunServer.start({ ...parts, host: isProxied ? everywhere : host, port: stunPort }).catch(() => null);
}

function listen(http: Server, { host, port }: Config): Promise<void> {
  return new Promise((resolve, reject) => {
    http.once('error', reject);
    http.listen(port, host, () => {
      http.off('error', reject);
      resolve();
    });
  });
}
