/** One side of a connection between two simulated peers: from the offer or the answer to its end. */
import { seconds, type Millis } from '../base/time.ts';
import type { TransportFact } from '../driver/ports.ts';
import type { LinkId } from '../engine/swarm-io.ts';
import type { Malformed } from '../wire/malformed.ts';
import type { PeerMessage } from '../wire/peer-message.ts';
import type { Flow } from './flow.ts';
import { blockBytes, messageBytes } from './message-size.ts';
import type { Host, Network } from './network.ts';
import { type Place, placeOfHost } from './place-queue.ts';
import { countBlock, countControl, type Traffic } from './traffic.ts';

/** What travels on a link. A hostile peer may send bytes that are no message. */
export type Parcel = PeerMessage | Malformed;

/** What a line makes of what the engine sends: the way to be hostile with an honest engine. null sends nothing. */
export type Tamper = (message: PeerMessage) => Parcel | null;

/** What the links of one peer share. */
export interface LinkOwner {
  readonly network: Network;
  readonly host: Host;
  readonly report: (fact: TransportFact) => void;
  readonly tamper: Tamper | null;
  readonly traffic: Traffic;
  /** The link is over. */
  readonly forget: (link: LinkId) => void;
}

/** Round trips from the answer to the open channel, as measured in Chromium: ICE, DTLS, SCTP. */
const SET_UP_ROUND_TRIPS = 3.5;

/** A connection that is not open by then has failed, as ICE does in browsers. */
const CONNECT_MS_MAX = seconds(20);

/** Bytes that are no message, for the line. */
const MALFORMED_BYTES = 32;

export class SimLink {
  readonly id: LinkId;
  readonly #owner: LinkOwner;
  /** `described`: our offer or answer is made. `open`: it carries messages. */
  #state: 'described' | 'connecting' | 'open' | 'over' = 'described';
  /** The other side. Two sides that name each other belong together. */
  #other: SimLink | null = null;
  #out: Flow<Parcel> | null = null;

  constructor(id: LinkId, owner: LinkOwner) {
    this.id = id;
    this.#owner = owner;
  }

  /** The offer of `dialler` is answered: waits for it to connect. */
  answer(dialler: SimLink): void {
    this.#other = dialler;
    this.#connectOrFail();
  }

  /** The answer of `answerer` has come: connects, or fails when it is no answer to us. */
  connect(answerer: SimLink | undefined): void {
    if (this.#state !== 'described') return;
    this.#connectOrFail();
    if (answerer === undefined || answerer.#other !== this) {
      this.#owner.network.queue.after(0, () => this.#fail('the answer is none to this offer'));
      return;
    }
    this.#other = answerer;
    const roundTrip = this.#roundTripTo(answerer);
    this.#owner.network.queue.after(SET_UP_ROUND_TRIPS * roundTrip, () => this.#open(answerer, roundTrip / 2));
  }

  send(message: PeerMessage): void {
    if (this.#state !== 'open' || this.#out === null) return;
    const parcel = this.#owner.tamper === null ? message : this.#owner.tamper(message);
    if (parcel === null) {
      this.#pretendSent(blockBytes(message));
      return;
    }
    const bytes = parcel.kind === 'malformed' ? MALFORMED_BYTES : messageBytes(parcel);
    const content = parcel.kind === 'malformed' ? 0 : blockBytes(parcel);
    countControl(this.#owner.traffic, parcel.kind, bytes - content);
    this.#out.send(parcel, bytes, content);
  }

  /** Ends this side; the other notices when the news arrives. What was not sent is lost. */
  close(): void {
    const other = this.#other;
    const wasOpen = this.#state === 'open';
    this.vanish();
    if (other === null || !(wasOpen || other.#state === 'open')) return;
    this.#owner.network.queue.after(
      this.#roundTripTo(other) / 2,
      () => other.#fail('closed by the neighbour'),
      other.#place,
    );
  }

  /** Ends this side without a word, as a crash does. */
  vanish(): void {
    this.#state = 'over';
    this.#out?.stopSending();
    if (this.#other !== null) this.#other.#out?.stopReceiving();
    this.#owner.forget(this.id);
  }

  get #place(): Place {
    return placeOfHost(this.#owner.host.index);
  }

  #roundTripTo(other: SimLink): Millis {
    return this.#owner.network.roundTrip(this.#owner.host, other.#owner.host);
  }

  #connectOrFail(): void {
    this.#state = 'connecting';
    this.#owner.network.queue.after(CONNECT_MS_MAX, () => {
      if (this.#state === 'connecting') this.#fail('no connection came about');
    });
  }

  /** The dialler's channel opens; the answerer learns of it one way later, before all that is sent on it. */
  #open(answerer: SimLink, latency: Millis): void {
    if (this.#state !== 'connecting' || answerer.#state !== 'connecting') return;
    this.#out = this.#streamTo(answerer);
    answerer.#out = answerer.#streamTo(this);
    this.#owner.network.queue.after(latency, () => answerer.#begin(), answerer.#place);
    this.#begin();
  }

  #begin(): void {
    if (this.#state !== 'connecting') return;
    this.#state = 'open';
    this.#owner.report({ kind: 'link-opened', link: this.id });
  }

  #streamTo(other: SimLink): Flow<Parcel> {
    const { network, host, report } = this.#owner;
    return network.flow<Parcel>(host, other.#owner.host, {
      onSent: (bytes) => report({ kind: 'blocks-sent', link: this.id, bytes }),
      onItem: (parcel) => other.#receive(parcel, this.#owner.traffic),
    });
  }

  #receive(parcel: Parcel, sender: Traffic): void {
    const { report, traffic } = this.#owner;
    if (this.#state !== 'open') return;
    if (parcel.kind === 'malformed') {
      report({ kind: 'malformed-received', link: this.id, reason: parcel.reason });
      return;
    }
    countBlock(sender, traffic, blockBytes(parcel));
    report({ kind: 'message-received', link: this.id, message: parcel });
  }

  #fail(reason: string): void {
    if (this.#state === 'over') return;
    this.vanish();
    this.#owner.report({ kind: 'link-closed', link: this.id, reason });
  }

  #pretendSent(bytes: number): void {
    if (bytes === 0) return;
    this.#owner.network.queue.after(0, () => {
      if (this.#state === 'open') this.#owner.report({ kind: 'blocks-sent', link: this.id, bytes });
    });
  }
}
