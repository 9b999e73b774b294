/**
 * Neighbours in other tabs of this browser need no network: who knows that a peer is one of them offers or answers it a link within the browser. They
 * stand beside the links of another transport, which gets everything that is not theirs.
 */
import { hexFromBytes } from '../../shared/base/bytes.ts';
import type { PeerTransport, TransportFact } from '../../shared/driver/ports.ts';
import type { LinkId } from '../../shared/engine/swarm-io.ts';
import type { InfoHash, PeerId } from '../../shared/wire/ids.ts';
import { TabLink } from './tab-link.ts';
import { TabPresence } from './tab-presence.ts';

/** An offer or answer of such a link is the name of its channel: this, and 32 hexadecimal digits of chance. */
const CHANNEL = 'tabswarm-link-';
const CHANNEL_PATTERN = /^tabswarm-link-[0-9a-f]{32}$/;

/** How every description of a connection over the network begins (RFC 8866). */
const SDP = 'v=0';

interface Transport extends PeerTransport {
  readonly closeAll: () => void;
}

export interface TabLinksOptions {
  readonly infoHash: InfoHash;
  readonly self: PeerId;
  readonly report: (fact: TransportFact) => void;
  readonly others: Transport;
  readonly locks: LockManager | undefined;
}

export function withTabLinks({ infoHash, self, report, others, locks }: TabLinksOptions): Transport {
  const links = new Map<LinkId, TabLink>();
  /** Offered over the network, and not answered yet. */
  const offered = new Set<LinkId>();
  /** Wait until it is known whether their peer is in this browser. */
  const unsettled = new Set<LinkId>();
  const presence = new TabPresence(infoHash, self);

  /** Never settles for a link that is closed meanwhile. */
  const turnsOutHere = (link: LinkId, peer: PeerId): Promise<boolean> =>
    new Promise((resolve) => {
      unsettled.add(link);
      void presence.find(peer).then((isHere) => {
        if (unsettled.delete(link)) resolve(isHere);
      });
    });

  const begin = (link: LinkId, channel: string, isCaller: boolean): TabLink => {
    const made = new TabLink({ link, channel, isCaller, locks, report, onEnd: () => links.delete(link) });
    links.set(link, made);
    return made;
  };

  const answer = (link: LinkId, channel: string): string => {
    void begin(link, channel, false).call();
    return channel;
  };

  return {
    ...others,
    dial: async (link, peer) => {
      if (peer === null || !(presence.has(peer) || (await turnsOutHere(link, peer)))) {
        offered.add(link);
        return others.dial(link, peer);
      }
      const channel = newChannel();
      begin(link, channel, true);
      return channel;
    },
    accept: async (link, offer, peer) => {
      if (CHANNEL_PATTERN.test(offer)) return answer(link, offer);
      const isHere = offer.startsWith(SDP) && (presence.has(peer) || (await turnsOutHere(link, peer)));
      return isHere ? answer(link, newChannel()) : others.accept(link, offer, peer);
    },
    complete: (link, answered) => {
      if (offered.delete(link) && CHANNEL_PATTERN.test(answered)) {
        others.close(link);
        void begin(link, answered, true).call();
        return;
      }
      const made = links.get(link);
      if (made === undefined) others.complete(link, answered);
      else if (answered === made.channel) void made.call();
      // In a turn of its own: the engine may be in the midst of an order.
      else queueMicrotask(() => made.fail('The session description of the neighbour is unusable.'));
    },
    send: (link, message) => {
      const made = links.get(link);
      if (made === undefined) others.send(link, message);
      else made.send(message);
    },
    close: (link) => {
      unsettled.delete(link);
      offered.delete(link);
      links.get(link)?.close();
      others.close(link);
    },
    closeAll: () => {
      presence.close();
      for (const made of links.values()) made.close();
      others.closeAll();
    },
  };
}

const newChannel = (): string => CHANNEL + hexFromBytes(crypto.getRandomValues(new Uint8Array(16)));
