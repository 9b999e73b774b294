/** Connections between tabs. simple-peer makes them; each is a `PeerLink`. */
import type { PeerTransport, TransportFact } from '../../shared/driver/ports.ts';
import type { LinkId } from '../../shared/engine/swarm-io.ts';
import type { ConnectionBudget } from './connection-budget.ts';
import { takeCall } from './call-ahead.ts';
import { onePerTask } from './one-per-task.ts';
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
  /** null for those whose turn has not come. */
  const links = new Map<LinkId, PeerLink | null>();
  const begin = (link: LinkId, offerSdp: string | null): Promise<string> =>
    new Promise((resolve, reject) => {
      if (!budget.take()) throw new Error('This tab has as many connections as it may.');
      const onEnd = (): void => {
        if (links.delete(link)) budget.release();
      };
      const onSdp = resolve;
      const onRefused = reject;
      links.set(link, null);
      const make = (): PeerLink =>
        new PeerLink({
          link,
          offerSdp,
          call: offerSdp === null ? takeCall() : null,
          iceServers: iceServers(),
          report,
          onSdp,
          onRefused,
          onEnd,
        });
      onePerTask(() => {
        if (!links.has(link)) return;
        try {
          const made = make();
          if (links.has(link)) links.set(link, made);
        } catch (error) {
          onEnd();
          reject(error);
        }
      });
    });
  const close = (link: LinkId): void => {
    if (links.get(link) === null) {
      links.delete(link);
      budget.release();
    } else links.get(link)?.close();
  };
  return {
    dial: (link) => begin(link, null),
    accept: (link, offerSdp) => begin(link, offerSdp),
    complete: (link, answerSdp) => links.get(link)?.complete(answerSdp),
    send: (link, message) => links.get(link)?.send(message),
    close,
    closeAll: () => {
      for (const link of links.keys()) close(link);
    },
  };
}
