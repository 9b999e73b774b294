/**
 * A WebSocket client with nothing to it but what the bench needs, so that the server is what is busy: one of `ws` costs as much as
 * either server. It masks what it sends, as clients must, and takes whole frames of text.
 */
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { type Socket, connect } from 'node:net';

export interface RawClientOptions {
  readonly localAddress: string;
  readonly onFrame: (frame: Buffer) => void;
}

/** How the server ended the socket; `code` is null when it gave none. `at` is by `performance.now()`. */
export interface Ending {
  readonly code: number | null;
  readonly text: string;
  readonly at: number;
}

const HEAD_END = '\r\n\r\n';

/** The same for all: a mask need not be secret to cost the server what it costs. */
const MASK = 0x5a_a5_c3_3c;

const [TEXT, CLOSE, PING, PONG] = [0x81, 0x88, 0x89, 0x8a];

export class RawClient {
  readonly #stream: Socket;
  readonly #onFrame: RawClientOptions['onFrame'];
  #rest: Buffer = Buffer.alloc(0);
  #farewell: { readonly code: number | null; readonly text: string } = { code: null, text: '' };
  /** Resolves when its stream has ended. */
  readonly ended: Promise<Ending>;

  private constructor(stream: Socket, onFrame: RawClientOptions['onFrame']) {
    this.#stream = stream;
    this.#onFrame = onFrame;
    this.ended = new Promise((resolve) =>
      stream.once('close', () => resolve({ ...this.#farewell, at: performance.now() })),
    );
    stream.on('error', () => {});
    stream.on('data', (chunk) => this.#take(chunk));
  }

  /** Resolves when the handshake is over; rejects when it is not answered by one. */
  static async open(url: string, { localAddress, onFrame }: RawClientOptions): Promise<RawClient> {
    const { hostname, port, pathname } = new URL(url);
    const stream = connect({ host: hostname, port: Number(port), localAddress, noDelay: true });
    const key = randomBytes(16).toString('base64');
    const lines = [
      'Upgrade: websocket',
      'Connection: Upgrade',
      'Sec-WebSocket-Version: 13',
      `Sec-WebSocket-Key: ${key}`,
    ];
    stream.write(`GET ${pathname} HTTP/1.1\r\nHost: ${hostname}:${port}\r\n${lines.join('\r\n')}${HEAD_END}`);
    const [answer] = (await once(stream, 'data')) as [Buffer];
    if (!answer.toString('latin1').startsWith('HTTP/1.1 101')) throw new Error(answer.toString('latin1'));
    const client = new RawClient(stream, onFrame);
    client.#take(answer.subarray(answer.indexOf(HEAD_END) + HEAD_END.length));
    return client;
  }

  /** Sends a frame that `textFrame` made. */
  send(frame: Buffer): void {
    this.#stream.write(frame);
  }

  close(): void {
    this.#stream.destroy();
  }

  #take(chunk: Buffer): void {
    const bytes = this.#rest.length === 0 ? chunk : Buffer.concat([this.#rest, chunk]);
    let at = 0;
    while (bytes.length - at >= 2) {
      const isShort = bytes[at + 1] < 126;
      const begin = at + (isShort ? 2 : 4);
      if (bytes.length < begin) break;
      const end = begin + (isShort ? bytes[at + 1] : bytes.readUInt16BE(at + 2));
      if (bytes.length < end) break;
      this.#onWhole(bytes[at], bytes.subarray(begin, end));
      at = end;
    }
    this.#rest = bytes.subarray(at);
  }

  #onWhole(first: number, payload: Buffer): void {
    if (first === TEXT) this.#onFrame(payload);
    else if (first === PING) this.#stream.write(maskedFrame(PONG, payload));
    else if (first === CLOSE) {
      if (payload.length >= 2) this.#farewell = { code: payload.readUInt16BE(0), text: payload.toString('utf8', 2) };
      this.#stream.end(maskedFrame(CLOSE, payload));
    } else throw new Error(`The server sent a frame that begins with ${first}.`);
  }
}

/** A text as a client's frame. Made apart from `send`, so that a load can be made before its time is taken. */
export function textFrame(text: string): Buffer {
  return maskedFrame(TEXT, Buffer.from(text));
}

/** The head takes a multiple of four bytes, so that the payload can be masked by words. */
function maskedFrame(first: number, payload: Buffer): Buffer {
  const isShort = payload.length < 126;
  const begin = isShort ? 6 : 8;
  const offset = isShort ? 2 : 0;
  const memory = Buffer.from(new ArrayBuffer(offset + begin + 4 * Math.ceil(payload.length / 4)));
  const frame = memory.subarray(offset, offset + begin + payload.length);
  frame[0] = first;
  frame[1] = 0x80 | (isShort ? payload.length : 126);
  if (!isShort) frame.writeUInt16BE(payload.length, 2);
  frame.writeInt32LE(MASK, begin - 4);
  payload.copy(frame, begin);
  const words = new Int32Array(memory.buffer, offset + begin);
  for (let index = 0; index < words.length; index += 1) words[index] ^= MASK;
  return frame;
}
