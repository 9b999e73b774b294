/**
 * Several trackers as one signal link, for magnet links that name more than one: announces go to all of them, a session
 * description to the one through which its receiver was heard of. It is open while one of them is.
 */
import type { SignalFact, SignalLink } from '../../shared/driver/ports.ts';
import type { PeerId } from '../../shared/wire/ids.ts';
import type { ClientMessage, ServerMessage } from '../../shared/wire/signal-message.ts';

type Report = (fact: SignalFact) => void;
type Announce = Extract<ClientMessage, { kind: 'announce' }>;

/** Peers of which it is remembered who named them; beyond it, the oldest are forgotten. */
const PEERS_MAX = 1000;

interface Tracker {
  readonly link: SignalLink;
  state: 'closed' | 'connecting' | 'open';
  /** Its secret for us; others have others. */
  trackerId: string | null;
}

export function createTrackerGroup(makers: readonly ((report: Report) => SignalLink)[], report: Report): SignalLink {
  const trackers: Tracker[] = [];
  const knownBy = new Map<PeerId, Tracker>();
  /** Said to those that open later. */
  let latest: Announce | null = null;

  const isOpen = (): boolean => trackers.some(({ state }) => state === 'open');
  const announceTo = (tracker: Tracker, announce: Announce): void =>
    tracker.link.send({ ...announce, trackerId: tracker.trackerId });
  const connectTo = (tracker: Tracker): void => {
    if (tracker.state !== 'closed') return;
    tracker.state = 'connecting';
    tracker.link.connect();
  };
  const remember = (peers: readonly PeerId[], tracker: Tracker): void => {
    for (const peer of peers) {
      knownBy.delete(peer);
      knownBy.set(peer, tracker);
      if (knownBy.size > PEERS_MAX) knownBy.delete(knownBy.keys().next().value as PeerId);
    }
  };

  const take = (tracker: Tracker, fact: SignalFact): void => {
    switch (fact.kind) {
      case 'signal-opened': {
        const isFirst = !isOpen();
        tracker.state = 'open';
        if (isFirst) report(fact);
        else if (latest !== null) announceTo(tracker, { ...latest, event: 'started' });
        return;
      }
      case 'signal-closed':
        tracker.state = 'closed';
        if (trackers.every(({ state }) => state === 'closed')) report(fact);
        return;
      case 'signal-message':
        remember(peersIn(fact.message), tracker);
        if (fact.message.kind !== 'announced') return report(fact);
        tracker.trackerId = fact.message.trackerId ?? tracker.trackerId;
        report({ ...fact, message: { ...fact.message, trackerId: null } });
    }
  };

  for (const make of makers) {
    const tracker: Tracker = { link: make((fact) => take(tracker, fact)), state: 'closed', trackerId: null };
    trackers.push(tracker);
  }
  return {
    connect: () => trackers.forEach(connectTo),
    close: () => {
      for (const tracker of trackers) {
        tracker.state = 'closed';
        tracker.link.close();
      }
    },
    send: (message) => {
      if (message.kind === 'announce') {
        latest = message;
        // One that was lost is tried again whenever there is something to announce.
        if (message.event !== 'stopped') trackers.forEach(connectTo);
        for (const tracker of trackers) if (tracker.state === 'open') announceTo(tracker, message);
      } else if (message.kind !== 'scrape') knownBy.get(message.toPeerId)?.link.send(message);
    },
  };
}

/** Whom a tracker speaks of. */
function peersIn(message: ServerMessage): readonly PeerId[] {
  if (message.kind === 'announced') return message.neighbours ?? [];
  return message.kind === 'offer' || message.kind === 'answer' ? [message.peerId] : [];
}
