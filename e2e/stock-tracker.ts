/** The stock tracker of WebTorrent, on a free port of this machine. */
import { type AddressInfo, connect } from 'node:net';
import { createServer } from 'node:tls';

import { Server } from 'bittorrent-tracker';

import { CERTIFICATES } from '../signal-server/tls.test-kit.ts';

export interface StockTracker {
  readonly url: string;
  /** The same over TLS, with a certificate that nobody vouches for. */
  readonly secureUrl: string;
  /** It ends when the last client has left. */
  readonly close: () => void;
}

export async function stockTracker(): Promise<StockTracker> {
  const server = new Server({ http: false, udp: false, ws: true, stats: false });
  await new Promise<void>((resolve) => server.listen(0, resolve));
  const { port } = server.ws.address();
  const terminator = createServer(CERTIFICATES.one, (socket) => {
    const inside = connect(port, 'localhost');
    socket.on('error', () => inside.destroy());
    inside.on('error', () => socket.destroy());
    socket.pipe(inside).pipe(socket);
  });
  await new Promise<void>((resolve) => terminator.listen(0, resolve));
  return {
    url: `ws://localhost:${port}/`,
    secureUrl: `wss://localhost:${(terminator.address() as AddressInfo).port}/`,
    close: () => {
      terminator.close();
      server.close(() => undefined);
    },
  };
}
