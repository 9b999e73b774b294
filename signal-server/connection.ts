/** One client's WebSocket: its frames to the tracker, one after the other, and the tracker's messages back to it. */
import type { Duplex } from 'node:stream';

import type { Millis } from '../shared/base/time.ts';
import { isMalformed } from '../shared/wire/malformed.ts';
import type { MalformedRequest } from '../shared/wire/signal-codec.ts';
import type { ClientMessage, ServerMessage } from '../shared/wire/signal-message.ts';
import { CLOSE_CODES, type Farewell, bidFarewell } from './farewell.ts';
import { decodeFrame, encodeFrame } from './frame-codec.ts';
import type { SocketLimits } from './limits.ts';
import { type MaybePromise, andThen } from './maybe-promise.ts';
import type { Outbox } from './outbox.ts';
import { RateLimit } from './rate-limit.ts';
import type { SocketId } from './relay.ts';
import type { Tracker } from './tracker.ts';
import type { Traffic } from './traffic.ts';
import { WebSocketEnd, type WebSocketHandler } from './web-socket.ts';

/** What all connections of a server share. */
export interface ConnectionParts {
  readonly tracker: Tracker;
  readonly limits: SocketLimits;
  readonly traffic: Traffic;
  readonly outbox: Outbox;
  readonly now: () => Millis;
  /** Told of what went wrong in the server itself. A client's faults are answered to the client. */
  readonly report: (error: unknown) => void;
}

/** A client's end of the line. */
export interface Line {
  readonly id: SocketId;
  /** What the WebSocket writes to; the handshake is over. */
  readonly stream: Duplex;
  /** What came with the handshake. */
  readonly head: Buffer;
  /** Told when the line has ended, before its peers have left. */
  readonly onEnded: (connection: Connection) => void;
}

/** Pings that may stay unanswered, one after the other. */
const PINGS_MISSED_MAX = 2;

const DONE = Promise.resolve();

export class Connection implements WebSocketHandler {
  readonly #id: SocketId;
  readonly #socket: WebSocketEnd;
  readonly #parts: ConnectionParts;
  readonly #onEnded: Line['onEnded'];
  readonly #frames: RateLimit;
  /** Made with the first refusal. */
  #refusals: RateLimit | null = null;
  /** Ends when all that came so far has been handled: what one client says is handled in its order. */
  #turn: Promise<void> = DONE;
  /** Told when its peers have left, once somebody waits for that. */
  #onLeft: (() => void) | null = null;
  #framesWaiting = 0;
  #pingsMissed = 0;
  #isShunned = false;

  constructor({ id, stream, head, onEnded }: Line, parts: ConnectionParts) {
    const { limits, outbox } = parts;
    this.#id = id;
    this.#parts = parts;
    this.#onEnded = onEnded;
    this.#frames = new RateLimit(limits.frames, parts.now());
    parts.tracker.open(id, (message) => this.#send(message), parts.now());
    const { sendQueueBytesMax, frameBytesMax: messageBytesMax } = limits;
    this.#socket = new WebSocketEnd({ stream, outbox, messageBytesMax, sendQueueBytesMax }, head, this);
  }

  /** Asks whether the client is still there; ends the socket when it did not say so twice. */
  ping(): void {
    if (this.#pingsMissed >= PINGS_MISSED_MAX) {
      this.#socket.terminate();
      return;
    }
    this.#pingsMissed += 1;
    this.#socket.ping();
  }

  /** Answers what was said until now, and sends the client away. Resolves when its peers have left. */
  dismiss(retryIn: Millis): Promise<void> {
    this.#shun({ code: CLOSE_CODES.serviceRestart, reason: null, retryIn });
    return new Promise((resolve) => (this.#onLeft = resolve));
  }

  /** Ends the socket without a word. */
  terminate(): void {
    this.#socket.terminate();
  }

  onText(utf8: Buffer): void {
    if (this.#admits()) this.#take(decodeFrame(utf8));
  }

  onBinary(): void {
    if (this.#admits()) this.#take(BINARY_REFUSED);
  }

  onTooLong(): void {
    this.#shun(tooLong(this.#parts.limits.frameBytesMax));
  }

  onLife(): void {
    this.#pingsMissed = 0;
    this.#parts.tracker.heard(this.#id, this.#parts.now());
  }

  onEnd(): void {
    this.#onEnded(this);
    this.#inTurn(() => this.#parts.tracker.close(this.#id));
    void this.#turn.then(() => this.#onLeft?.());
  }

  /** Whether a message is read; if not, the client hears why, and is not heard any more. */
  #admits(): boolean {
    if (this.#isShunned) return false;
    this.#pingsMissed = 0;
    if (!this.#frames.take(this.#parts.now())) this.#shun(FLOOD);
    return !this.#isShunned;
  }

  #take(message: ClientMessage | MalformedRequest): void {
    const now = this.#parts.now();
    this.#parts.traffic.received[message.kind] += 1;
    this.#inTurn(() =>
      andThen(isMalformed(message) ? this.#refuse(message, now) : this.#handle(message, now), (replies) => {
        for (const reply of replies) this.#reply(reply, now);
      }),
    );
  }

  /** Nonsense is a sign of life as well. */
  #refuse(message: MalformedRequest, now: Millis): readonly ServerMessage[] {
    this.#parts.tracker.heard(this.#id, now);
    return [refusal(message)];
  }

  /** Replies; a client that earns refusal after refusal loses its socket. */
  #reply(reply: ServerMessage, now: Millis): void {
    this.#send(reply);
    if (reply.kind !== 'refused') return;
    this.#refusals ??= new RateLimit(this.#parts.limits.refusals, now);
    if (!this.#refusals.take(now)) this.#shun(TOO_MANY_REFUSALS);
  }

  /** What the tracker replies; when it cannot, since its directory is away, a refusal. */
  #handle(message: ClientMessage, now: Millis): MaybePromise<readonly ServerMessage[]> {
    const fail = (error: unknown): readonly ServerMessage[] => {
      this.#parts.report(error);
      return [unanswered(message)];
    };
    try {
      const replies = this.#parts.tracker.handle(this.#id, message, now);
      return replies instanceof Promise ? replies.catch(fail) : replies;
    } catch (error) {
      return fail(error);
    }
  }

  /** Says why, closes, and listens no more. */
  #shun(farewell: Farewell): void {
    if (this.#isShunned) return;
    this.#isShunned = true;
    this.#inTurn(() => bidFarewell(this.#socket, farewell));
  }

  /** Does `work` after all that came before it: at once, if that is done. Reads no more from a client whose work piles up. */
  #inTurn(work: () => MaybePromise<void>): void {
    const done = this.#framesWaiting > 0 ? this.#turn.then(() => this.#attempt(work)) : this.#attempt(work);
    if (!(done instanceof Promise)) return;
    this.#framesWaiting += 1;
    if (this.#framesWaiting > this.#parts.limits.framesWaitingMax) this.#socket.pause();
    this.#turn = done.then(() => this.#onTurnEnd());
  }

  /** Does `work`; reports its fault, whether it comes now or later. */
  #attempt(work: () => MaybePromise<void>): MaybePromise<void> {
    try {
      const done = work();
      return done instanceof Promise ? done.catch(this.#parts.report) : done;
    } catch (error) {
      this.#parts.report(error);
    }
  }

  #onTurnEnd(): void {
    this.#framesWaiting -= 1;
    if (this.#socket.isPaused && this.#framesWaiting === 0) this.#socket.resume();
  }

  #send(message: ServerMessage): void {
    if (!this.#socket.isOpen) return;
    this.#parts.traffic.sent[message.kind] += 1;
    this.#socket.send(encodeFrame(message));
  }
}

const BINARY_REFUSED: MalformedRequest = {
  kind: 'malformed',
  action: 'announce',
  infoHash: null,
  reason: 'Binary frames are not read: send JSON as text.',
};

const FLOOD: Farewell = {
  code: CLOSE_CODES.policyViolation,
  reason: 'Too many messages: this connection is closed.',
  retryIn: null,
};

const TOO_MANY_REFUSALS: Farewell = {
  ...FLOOD,
  reason: 'Too many messages that had to be refused: this connection is closed.',
};

function tooLong(bytesMax: number): Farewell {
  const reason = `A message may have ${bytesMax} bytes: this connection is closed.`;
  return { ...FLOOD, code: CLOSE_CODES.messageTooBig, reason };
}

function refusal({ action, infoHash, reason }: MalformedRequest): ServerMessage {
  return { kind: 'refused', action, infoHash, reason, offerId: null };
}

function unanswered(message: ClientMessage): ServerMessage {
  return {
    kind: 'refused',
    action: message.kind === 'scrape' ? 'scrape' : 'announce',
    infoHash: message.kind === 'scrape' ? null : message.infoHash,
    reason: 'The server could not answer: try again later.',
    offerId: message.kind === 'offer' ? message.offerId : null,
  };
}
