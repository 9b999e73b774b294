/** The stock tracker of WebTorrent, on a free port of this machine. */
import { Server } from 'bittorrent-tracker';

export interface StockTracker {
  readonly url: string;
  /** It ends when the last client has left. */
  readonly close: () => void;
}

export async function stockTracker(): Promise<StockTracker> {
  const server = new Server({ http: false, udp: false, ws: true, stats: false });
  await new Promise<void>((resolve) => server.listen(0, resolve));
  return {
    url: `ws://localhost:${server.ws.address().port}/`,
    close: () => server.close(() => undefined),
  };
}
