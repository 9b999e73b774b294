/** Who may open a socket: pages of allowed origins, not too many from one network, and nobody when memory runs short. */
import type { IncomingMessage } from 'node:http';

import { type ReadAddress, networkOf } from './client-address.ts';

export interface DoorkeeperParts {
  /** Origins whose pages may connect, besides the server's own; empty allows all. Others than browsers name none, and may. */
  readonly allowedOrigins: readonly string[];
  /** Open sockets of one network: an IPv4 address, or a /64 of IPv6. */
  readonly socketsPerAddressMax: number;
  readonly readAddress: ReadAddress;
  readonly isMemoryShort: () => boolean;
}

export type Admission =
  /** `leave` is to be called when the socket has closed. */
  | { readonly kind: 'admitted'; readonly leave: () => void }
  /** To be told over HTTP. */
  | { readonly kind: 'turned-away'; readonly status: 403 | 503 }
  /** To be told over a socket that then closes, since browsers do not show a page why a handshake failed. */
  | { readonly kind: 'crowded' };

export class Doorkeeper {
  readonly #parts: DoorkeeperParts;
  /** Open sockets by network; those without any are not in it. */
  readonly #open = new Map<string, number>();
  #isClosed = false;

  constructor(parts: DoorkeeperParts) {
    this.#parts = parts;
  }

  /** Turns everybody away from now on. */
  close(): void {
    this.#isClosed = true;
  }

  admit(request: IncomingMessage): Admission {
    if (!this.#isAllowedOrigin(request)) return { kind: 'turned-away', status: 403 };
    if (this.#isClosed || this.#parts.isMemoryShort()) return { kind: 'turned-away', status: 503 };
    const network = networkOf(this.#parts.readAddress(request));
    const open = this.#open.get(network) ?? 0;
    if (open >= this.#parts.socketsPerAddressMax) return { kind: 'crowded' };
    this.#open.set(network, open + 1);
    return { kind: 'admitted', leave: () => this.#leave(network) };
  }

  #leave(network: string): void {
    const open = (this.#open.get(network) ?? 1) - 1;
    if (open === 0) this.#open.delete(network);
    else this.#open.set(network, open);
  }

  #isAllowedOrigin({ headers: { origin, host } }: IncomingMessage): boolean {
    const { allowedOrigins } = this.#parts;
    if (allowedOrigins.length === 0 || origin === undefined) return true;
    return allowedOrigins.includes(origin) || (URL.canParse(origin) && new URL(origin).host === host);
  }
}
