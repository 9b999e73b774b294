/**
 * Connections between simulated peers, as data channels behave: an offer, an answer, some round trips until the channel is
 * open, ordered messages, a close that the other side notices, and a crash that it does not.
 */
import type { Millis } from '../base/time.ts';
import type { PeerTransport } from '../driver/ports.ts';
import type { LinkId } from '../engine/swarm-io.ts';
import type { PeerMessage } from '../wire/peer-message.ts';
import type { Answers } from './answers.ts';
import { type LinkOwner, SimLink } from './sim-link.ts';

/** Gathering candidates takes that long (measured in Chromium: 20 offers in 80 ms), in milliseconds. */
const DESCRIBE_MS: Millis = 4;

export class SimTransport implements PeerTransport {
  readonly #owner: LinkOwner;
  readonly #meetings: Meetings;
  readonly #answers: Answers;
  readonly #links = new Map<LinkId, SimLink>();

  constructor(owner: Omit<LinkOwner, 'forget'>, meetings: Meetings, answers: Answers) {
    this.#owner = { ...owner, forget: (link) => this.#links.delete(link) };
    this.#meetings = meetings;
    this.#answers = answers;
  }

  readonly dial = (id: LinkId): Promise<string> => this.#describe(this.#add(id));

  readonly accept = (id: LinkId, offerSdp: string): Promise<string> => {
    const dialler = this.#meetings.find(offerSdp);
    if (dialler === undefined) {
      return this.#answers.after(DESCRIBE_MS, () => {
        throw new Error('the offer is no session description');
      });
    }
    const link = this.#add(id);
    link.answer(dialler);
    return this.#describe(link);
  };

  readonly complete = (id: LinkId, answerSdp: string): void => {
    this.#links.get(id)?.connect(this.#meetings.find(answerSdp));
  };

  readonly send = (id: LinkId, message: PeerMessage): void => this.#links.get(id)?.send(message);

  readonly close = (id: LinkId): void => this.#links.get(id)?.close();

  /** Ends every link; the others notice. */
  closeAll(): void {
    for (const link of this.#links.values()) link.close();
  }

  /** Ends every link as a crash does: nobody is told. */
  crash(): void {
    for (const link of this.#links.values()) link.vanish();
  }

  #add(id: LinkId): SimLink {
    const link = new SimLink(id, this.#owner);
    this.#links.set(id, link);
    return link;
  }

  /** The session description, unless the link is closed before it is made: then the promise stays open for ever. */
  #describe(link: SimLink): Promise<string> {
    const described = this.#answers.after(DESCRIBE_MS, () => this.#links.get(link.id) === link);
    return new Promise((resolve) => {
      void described.then((isThere) => isThere && resolve(this.#meetings.describe(link)));
    });
  }
}

/** Where the two sides of a connection find each other by the session descriptions they exchanged. One per world. */
export class Meetings {
  readonly #links = new Map<string, SimLink>();

  /** A session description that names `link`. */
  describe(link: SimLink): string {
    const sdp = `v=0 s=${this.#links.size}`;
    this.#links.set(sdp, link);
    return sdp;
  }

  /** The link that this session description names; undefined when it is none of ours. */
  find(sdp: string): SimLink | undefined {
    return this.#links.get(sdp);
  }
}
