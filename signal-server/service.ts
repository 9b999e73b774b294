/** One running server: the page, the rules and the sockets put together and listening. */
import { randomBytes } from 'node:crypto';
import { type Server, createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

import { seededRandom } from '../shared/base/random.ts';
import type { Config } from './config.ts';
import { makePage } from './http.ts';
import { SOCKET_LIMITS, TRACKER_LIMITS } from './limits.ts';
import { LocalRelay } from './local-relay.ts';
import { MemoryDirectory } from './memory-directory.ts';
import { SignalServer } from './server.ts';
import { Tracker } from './tracker.ts';

export interface ServiceParts {
  readonly config: Config;
  /** The built page. */
  readonly webFolder: string;
  /** Told of faults of the server itself, which it survives. */
  readonly report: (error: unknown) => void;
}

export interface Service {
  /** The port it listens on, also when 0 was asked for. */
  readonly port: number;
  readonly signal: SignalServer;
  /** Ends all connections; resolves soon. */
  readonly close: () => Promise<void>;
}

/** Starts to listen. Rejects with the error of `listen` (EADDRINUSE, EACCES, …), or when there is no page to serve. */
export async function startService({ config, webFolder, report }: ServiceParts): Promise<Service> {
  const now = (): number => performance.now();
  const startedAt = now();
  const directory = new MemoryDirectory(seededRandom(randomBytes(4).readInt32LE()));
  const newTrackerId = (): string => randomBytes(16).toString('hex');
  const tracker = new Tracker({ directory, relay: new LocalRelay(), limits: TRACKER_LIMITS, newTrackerId });
  const readHealth = async () => ({
    status: 'ok' as const,
    ...(await directory.size()),
    sockets: tracker.load.sockets,
    uptimeSeconds: Math.floor((now() - startedAt) / 1000),
  });
  const http = createServer(makePage({ webFolder, readHealth, report }));
  await listen(http, config);

  const nodeName = randomBytes(6).toString('hex');
  const signal = new SignalServer({ tracker, limits: SOCKET_LIMITS, now, report, nodeName });
  http.on('upgrade', (request, stream, head) => signal.upgrade(request, stream, head));
  http.on('error', report);
  return {
    port: (http.address() as AddressInfo).port,
    signal,
    close: async () => {
      const closed = new Promise<void>((resolve) => http.close(() => resolve()));
      await signal.close();
      http.closeAllConnections();
      await closed;
    },
  };
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
