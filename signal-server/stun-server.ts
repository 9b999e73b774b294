/**
 * The UDP socket that tells tabs their public address, so that they can meet across simple NATs without anybody else's
 * server. Bounded in what it sends each second, to each network and in all: more is not answered.
 */
import { type RemoteInfo, type Socket, createSocket } from 'node:dgram';
import { once } from 'node:events';
import { isIPv6 } from 'node:net';

import { type Millis, seconds } from '../shared/base/time.ts';
import { networkOf, plainAddress } from './client-address.ts';
import { stunResponse } from './stun-message.ts';

/** Answers in one second to one network: a class behind one address that opens a link at once asks a few hundred times. */
export const ANSWERS_PER_NETWORK_MAX = 500;

/** Answers in one second to all. 10,000 are half a megabyte, and some 0.1 s of one core. */
const ANSWERS_MAX = 10_000;

const WINDOW_MS = seconds(1);

export interface StunServerParts {
  readonly host: string;
  /** 0 takes a free one. */
  readonly port: number;
  readonly now: () => Millis;
  readonly report: (error: unknown) => void;
}

export class StunServer {
  readonly #socket: Socket;
  readonly #parts: StunServerParts;
  /** Answers of this window, by network; never more entries than `ANSWERS_MAX`. */
  readonly #answers = new Map<string, number>();
  #answersInWindow = 0;
  #windowEnd: Millis = 0;
  #answered = 0;
  #ignored = 0;

  private constructor(socket: Socket, parts: StunServerParts) {
    this.#socket = socket;
    this.#parts = parts;
    socket.on('message', (packet, from) => this.#onPacket(packet, from));
    socket.on('error', parts.report);
  }

  /** Rejects with the error of `bind`, such as EADDRINUSE. */
  static async start(parts: StunServerParts): Promise<StunServer> {
    const socket = createSocket(isIPv6(parts.host) ? 'udp6' : 'udp4');
    socket.bind(parts.port, parts.host);
    await once(socket, 'listening');
    return new StunServer(socket, parts);
  }

  get port(): number {
    return this.#socket.address().port;
  }

  /** Packets since the start: answered, and left without an answer. */
  get traffic(): { readonly answered: number; readonly ignored: number } {
    return { answered: this.#answered, ignored: this.#ignored };
  }

  async close(): Promise<void> {
    this.#socket.close();
    await once(this.#socket, 'close');
  }

  #onPacket(packet: Buffer, { address, port }: RemoteInfo): void {
    const response = stunResponse(packet, { address, port });
    if (response === null || !this.#mayAnswer(networkOf(plainAddress(address)))) {
      this.#ignored += 1;
      return;
    }
    this.#answered += 1;
    // Who cannot be reached is told nothing: the callback keeps the error from ending the process.
    this.#socket.send(response, port, address, () => {});
  }

  #mayAnswer(network: string): boolean {
    const now = this.#parts.now();
    if (now >= this.#windowEnd) {
      this.#windowEnd = now + WINDOW_MS;
      this.#answersInWindow = 0;
      this.#answers.clear();
    }
    const answers = this.#answers.get(network) ?? 0;
    if (answers >= ANSWERS_PER_NETWORK_MAX || this.#answersInWindow >= ANSWERS_MAX) return false;
    this.#answers.set(network, answers + 1);
    this.#answersInWindow += 1;
    return true;
  }
}
