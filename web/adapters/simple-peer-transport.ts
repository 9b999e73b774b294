/** Connections between tabs. simple-peer makes them; each is a `PeerLink`. */
import type { PeerTransport, TransportFact } from '../../shared/driver/ports.ts';
import type { LinkId } from '../../shared/engine/swarm-io.ts';
import type { ConnectionBudget } from './connection-budget.ts';
import { PeerLink } from './peer-link.ts';

export interface SimplePeerTransport extends PeerTransport {
  /** Ends every link; nothing is reported about them any more. */
  readonly closeAll: () => void;
}

/**
 * A transport over WebRTC data channels. While the promise of `dial` or `accept` is open, a failure is its rejection (an
 * Error with a reason for a log) and nothing is reported; after it resolved, a failure is `link-closed`. A link that is
 * closed by `close` leaves its promise open for ever.
 */
export function createSimplePeerTransport(options: {
  readonly report: (fact: TransportFact) => void;
  /** Shared by all transports of the tab. */
  readonly budget: ConnectionBudget;
  /** Read for each new link. */
  readonly iceServers: () => readonly RTCIceServer[];
}): SimplePeerTransport {
  const { report, budget, iceServers } = options;
  const links = new Map<LinkId, PeerLink>();
  const begin = (link: LinkId, offerSdp: string | null): Promise<string> =>
    new Promise((resolve, reject) => {
      if (!budget.take()) throw new Error('This tab has as many connections as it may.');
      const onEnd = (): void => {
        if (links.delete(link)) budget.release();
      };
      const onSdp = resolve;
      const onRefused = reject;
      links.set(link, new PeerLink({ link, offerSdp, iceServers: iceServers(), report, onSdp, onRefused, onEnd }));
    });
  return {
    dial: (link) => begin(link, null),
    accept: (link, offerSdp) => begin(link, offerSdp),
    complete: (link, answerSdp) => links.get(link)?.complete(answerSdp),
    send: (link, message) => links.get(link)?.send(message),
    close: (link) => {
      links.get(link)?.close();
    },
    closeAll: () => {
      for (const link of links.values()) link.close();
    },
  };
}
