/** Where a client comes from: its address behind the proxies that are trusted, and the network that counts as one client. */
import type { IncomingMessage } from 'node:http';
import { isIP } from 'node:net';

import ipaddr from 'ipaddr.js';
import proxyAddr from 'proxy-addr';

/** Tells the address of who sent a request; `unknown` once the socket is gone. */
export type ReadAddress = (request: IncomingMessage) => string;

/**
 * Reads `X-Forwarded-For` from its end, as long as the one who wrote an entry is in `trusted`: addresses, networks or names
 * as TRUST_PROXY takes them. Entries that are no addresses count for nothing: then it is the last proxy that speaks.
 */
export function addressReader(trusted: readonly string[]): ReadAddress {
  const isTrusted = proxyAddr.compile([...trusted]);
  return (request) => {
    const peer = request.socket.remoteAddress ?? 'unknown';
    if (trusted.length === 0) return plainAddress(peer);
    return plainAddress(proxyAddr.all(request, isTrusted).findLast((address) => isIP(address) > 0) ?? peer);
  };
}

/** Without the clothes of IPv6 around an IPv4 address, and without a zone. Text that is no address stays as it is. */
export function plainAddress(address: string): string {
  return isIP(address) > 0 ? ipaddr.process(address.replace(/%.*$/, '')).toString() : address;
}

/** What one customer of a provider has: an IPv4 address, or the first half of an IPv6 address (RFC 6177). */
export function networkOf(address: string): string {
  if (isIP(address) !== 6) return address;
  const halves = ipaddr.parse(address).toByteArray();
  return `${ipaddr.fromByteArray([...halves.slice(0, 8), ...Array<number>(8).fill(0)]).toString()}/64`;
}

/** Names that mean something in one network only (RFC 6761, 6762, 8375, and what routers give out). */
const LOCAL_NAME = /(^|\.)(localhost|local|lan|home|internal|test|home\.arpa)$/i;

/** Whether a host, by name or address (IPv6 without brackets), can be reached from all over the internet. */
export function isPublicHost(host: string): boolean {
  if (isIP(host) > 0) return ipaddr.process(host.replace(/%.*$/, '')).range() === 'unicast';
  return host.includes('.') && !LOCAL_NAME.test(host);
}
