/**
 * Neighbours in other tabs of this browser need no network: who hears, on a channel that the swarm's tabs share, that a peer is one of
 * them, offers or answers it a link within the browser. They stand beside the links of another transport, which gets everything that is not theirs.
 *
 * A tab says that it is here before the server learns of it, and another has heard that when it hears a word of its own that it said since. So of
 * two tabs the one that was there first always knows the newer one, whichever of them calls.
 */
import { hexFromBytes } from '../../shared/base/bytes.ts';
import type { PeerTransport, TransportFact } from '../../shared/driver/ports.ts';
import type { LinkId } from '../../shared/engine/swarm-io.ts';
import type { InfoHash, PeerId } from '../../shared/wire/ids.ts';
import { TabLink } from './tab-link.ts';

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

/** What the swarm's tabs tell each other. */
interface Presence {
  readonly peer: PeerId;
  /** Whoever hears it says that it is here too. */
  readonly isNew: boolean;
}

export function withTabLinks({ infoHash, self, report, others, locks }: TabLinksOptions): Transport {
  const links = new Map<LinkId, TabLink>();
  /** Offered over the network, and not answered yet. */
  const offered = new Set<LinkId>();
  /** Wait until it is known whether their peer is in this browser. */
  const unsettled = new Set<LinkId>();
  /** Peers of this swarm in this browser, and this tab itself once it has heard itself. Those that are gone do no harm: nobody names them. */
  const here = new Set<PeerId>();

  // A channel does not hear itself.
  const [mouth, ear] = [
    new BroadcastChannel(`tabswarm-tabs-${infoHash}`),
    new BroadcastChannel(`tabswarm-tabs-${infoHash}`),
  ];
  const unheard: (() => void)[] = [];
  /** Resolves when this tab hears it too, after all that others said before. */
  const tell = (isNew: boolean): Promise<void> =>
    new Promise((resolve) => {
      unheard.push(resolve);
      mouth.postMessage({ peer: self, isNew } satisfies Presence);
    });
  ear.addEventListener('message', ({ data: { peer, isNew } }: MessageEvent<Presence>) => {
    here.add(peer);
    if (peer === self) unheard.shift()?.();
    else if (isNew) void tell(false);
  });
  void tell(true);

  /** Never settles for a link that is closed meanwhile. Nothing is waited for where no word comes through, or none has yet. */
  const turnsOutHere = (link: LinkId, peer: PeerId): Promise<boolean> =>
    new Promise((resolve) => {
      if (!here.has(self)) {
        resolve(false);
        return;
      }
      unsettled.add(link);
      void tell(false).then(() => {
        if (unsettled.delete(link)) resolve(here.has(peer));
      });
    });

  const begin = (link: LinkId, channel: string, isCaller: boolean): TabLink => {
    const made = new TabLink({ link, channel, isCaller, locks, report, onEnd: () => links.delete(link) });
    links.set(link, made);
    return made;
  };

  return {
    ...others,
    dial: async (link, peer) => {
      if (peer === null || !(here.has(peer) || (await turnsOutHere(link, peer)))) {
        offered.add(link);
        return others.dial(link, peer);
      }
      const channel = newChannel();
      begin(link, channel, true);
      return channel;
    },
    accept: async (link, offer, peer) => {
      const isTabs = CHANNEL_PATTERN.test(offer);
      const isOthers = !isTabs && !(offer.startsWith(SDP) && (here.has(peer) || (await turnsOutHere(link, peer))));
      if (isOthers) return others.accept(link, offer, peer);
      const channel = isTabs ? offer : newChannel();
      begin(link, channel, false);
      return channel;
    },
    complete: (link, answer) => {
      if (offered.delete(link) && CHANNEL_PATTERN.test(answer)) {
        others.close(link);
        void begin(link, answer, true).call();
        return;
      }
      const made = links.get(link);
      if (made === undefined) others.complete(link, answer);
      else if (answer === made.channel) void made.call();
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
      for (const channel of [mouth, ear]) channel.close();
      for (const made of links.values()) made.close();
      others.closeAll();
    },
  };
}

const newChannel = (): string => CHANNEL + hexFromBytes(crypto.getRandomValues(new Uint8Array(16)));
