/**
 * The server's end of one WebSocket (RFC 6455) over the stream of an HTTP upgrade. Made for many: a silent one holds its stream
 * and a few words, and what is said to it in one turn of the event loop leaves in one write.
 */
import { createHash } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';

import { seconds } from '../shared/base/time.ts';
import type { Letter, Outbox, Part, Speaker } from './outbox.ts';
import {
  type BrokenCode,
  type FrameHandler,
  FrameReader,
  closeFrame,
  pingFrame,
  pongFrame,
  textHead,
} from './web-socket-frames.ts';

/** Told of what the client does; of `onEnd` once, after everything else. */
export interface WebSocketHandler {
  /** `utf8` may be written over, and is gone after the call. */
  readonly onText: (utf8: Buffer) => void;
  readonly onBinary: () => void;
  /** Of a message that is too long. Nothing is read any more: it is to be closed. */
  readonly onTooLong: () => void;
  /** A ping or a pong: it is still there. */
  readonly onLife: () => void;
  readonly onEnd: () => void;
}

export interface WebSocketParts {
  readonly stream: Duplex;
  readonly outbox: Outbox;
  /** A longer message is not read. */
  readonly messageBytesMax: number;
  /** Bytes waiting for a reader; a slower one loses its socket, so that it cannot fill the memory. */
  readonly sendQueueBytesMax: number;
}

/** How long a client may take to say goodbye. Until then it can still send, and is no longer read. */
const GOODBYE_MAX_MS = seconds(1);

/** By RFC 6455, 7.4.1. */
const TOO_LONG: BrokenCode = 1009;

export class WebSocketEnd implements FrameHandler, Speaker {
  readonly #stream: Duplex;
  readonly #outbox: Outbox;
  readonly #sendQueueBytesMax: number;
  readonly #frames: FrameReader;
  readonly #handler: WebSocketHandler;
  letter: Letter | null = null;
  /** Whether the stream was seen to keep what it is given until later, as one that encrypts does. */
  #keepsBytes = false;
  #state: 'open' | 'closing' | 'closed' = 'open';

  /** `head` is what came with the request. The handshake must have been answered. */
  constructor(
    { stream, outbox, messageBytesMax, sendQueueBytesMax }: WebSocketParts,
    head: Buffer,
    handler: WebSocketHandler,
  ) {
    this.#stream = stream;
    this.#outbox = outbox;
    this.#sendQueueBytesMax = sendQueueBytesMax;
    this.#frames = new FrameReader(messageBytesMax);
    this.#handler = handler;
    // The end of a stream that failed is told by `close`.
    stream.on('error', ignore);
    stream.on('close', () => this.#onStreamClosed());
    stream.on('end', () => this.#stream.end());
    if (head.length > 0) stream.unshift(head);
    stream.on('data', (chunk: Buffer) => this.#frames.push(chunk, this));
  }

  get isOpen(): boolean {
    return this.#state === 'open';
  }

  /** Says a text, in parts. */
  send(utf8: readonly Part[]): void {
    if (this.#state !== 'open') return;
    let length = 0;
    for (const part of utf8) length += part.length;
    this.#say(textHead(length), utf8);
  }

  ping(): void {
    if (this.#state === 'open') this.#say(pingFrame);
  }

  /** Reads nothing until `resume`. Frames that came already are still told. */
  pause(): void {
    this.#stream.pause();
  }

  resume(): void {
    this.#stream.resume();
  }

  get isPaused(): boolean {
    return this.#stream.isPaused();
  }

  /** Says goodbye and listens no more. The stream ends when the client has said so too, or was given time to. */
  close(code: number | null, reason = ''): void {
    if (this.#state !== 'open') return;
    this.#state = 'closing';
    this.#outbox.put(this, closeFrame(code, reason));
    this.#outbox.post(this);
    const patience = setTimeout(() => this.#stream.destroy(), GOODBYE_MAX_MS);
    this.#stream.once('close', () => clearTimeout(patience));
    this.#stream.resume();
  }

  /** Ends the socket without a word. */
  terminate(): void {
    this.#state = 'closed';
    this.#stream.destroy();
  }

  /** Writes what was said in this turn: asked for by the outbox. */
  release(bytes: Buffer): boolean {
    if (!this.#stream.writable) return true;
    if (this.#stream.writableLength + bytes.length > this.#sendQueueBytesMax) {
      this.terminate();
      return true;
    }
    const isKept = this.#keepsBytes || this.#stream.writableLength > 0;
    this.#stream.write(isKept ? Buffer.from(bytes) : bytes);
    if (isKept || this.#stream.writableLength === 0) return true;
    this.#keepsBytes = true;
    return false;
  }

  onText(utf8: Buffer): void {
    if (this.#state === 'open') this.#handler.onText(utf8);
  }

  onBinary(): void {
    if (this.#state === 'open') this.#handler.onBinary();
  }

  onPing(payload: Buffer): void {
    if (this.#state !== 'open') return;
    this.#say(pongFrame(payload));
    this.#handler.onLife();
  }

  onPong(): void {
    if (this.#state === 'open') this.#handler.onLife();
  }

  onClose(code: number | null): void {
    this.close(code);
    this.#stream.end();
  }

  onBroken(code: BrokenCode): void {
    // Not ended here: who sends much is still sending, and would not hear why.
    if (code === TOO_LONG && this.#state === 'open') return this.#handler.onTooLong();
    this.close(code);
    this.#stream.end();
  }

  #say(head: string, parts?: readonly Part[]): void {
    this.#outbox.put(this, head, parts);
    if (this.letter !== null && this.letter.bytes > this.#sendQueueBytesMax) this.terminate();
  }

  #onStreamClosed(): void {
    this.#state = 'closed';
    this.#handler.onEnd();
  }
}

/** What proves to a client that its request was read as one for a WebSocket; null when it is none (RFC 6455, 4.2.1). */
export function handshakeProof({ method, headers }: IncomingMessage): string | null {
  const key = headers['sec-websocket-key'];
  const isWellFormed = method === 'GET' && headers.upgrade?.toLowerCase() === 'websocket';
  if (!isWellFormed || key === undefined || !KEY.test(key) || headers['sec-websocket-version'] !== '13') return null;
  return createHash('sha1')
    .update(key + KEY_SUFFIX)
    .digest('base64');
}

/** Answers the request; what follows on the stream are frames. */
export function answerHandshake(stream: Duplex, proof: string): void {
  const lines = ['HTTP/1.1 101 Switching Protocols', 'Upgrade: websocket', 'Connection: Upgrade'];
  stream.write(`${lines.join('\r\n')}\r\nSec-WebSocket-Accept: ${proof}\r\n\r\n`, 'latin1');
}

/** 16 bytes in base64, and what RFC 6455, 1.3, adds to them. */
const KEY = /^[+/0-9A-Za-z]{22}==$/;
const KEY_SUFFIX = '258EAFA5-E914-47DA-95CA-C5AB0DC85B11';

function ignore(): void {}
