/** Which page an address stands for: what follows `#` is empty or names a swarm. */
import { type InfoHash, parseInfoHash } from '../../shared/wire/ids.ts';
import { type LinkSources, nameInLink, sourcesInLink } from '../../shared/wire/magnet-link.ts';
import { parseShareLink, shareLink, spokenCode } from '../../shared/wire/share-link.ts';

export type Route =
  | { readonly kind: 'home' }
  | { readonly kind: 'swarm'; readonly infoHash: InfoHash }
  /** The check-up, with the share in which devices meet; null before there is one. */
  | { readonly kind: 'check'; readonly infoHash: InfoHash | null }
  /** `reason` carries a trouble. */
  | { readonly kind: 'wrong-link'; readonly reason: string };

/** `#check`, and with a swarm `#check-<40 hexadecimal digits>`. */
const CHECK = /^#?check(?:-([0-9a-f]{40}))?$/i;

/** The route of a location's fragment, with or without `#`. */
export function routeOf(fragment: string): Route {
  const check = CHECK.exec(fragment);
  if (check !== null) return { kind: 'check', infoHash: parseInfoHash(check[1] ?? '') };
  const wanted = parseShareLink(fragment);
  if (wanted === null) return { kind: 'home' };
  return typeof wanted === 'string'
    ? { kind: 'swarm', infoHash: wanted }
    : { kind: 'wrong-link', reason: wanted.reason };
}

/**
 * The fragment that opens what a text names, when it is nothing but a link, perhaps below a line that introduces it: as another program
 * hands it over, or a person pastes it. A magnet link stays whole. Null for any other text.
 */
export function fragmentIn(text: string): string | null {
  const lines = text.split('\n').filter((line) => line.trim() !== '');
  if (lines.length > 2) return null;
  for (const candidate of [text, ...lines]) {
    const route = routeOf(candidate.trim());
    if (route.kind === 'swarm') return /magnet:/i.test(candidate) ? candidate.trim() : route.infoHash;
  }
  return null;
}

/** To be read aloud, and typed on another device. */
export const codeOf: (infoHash: InfoHash) => string = spokenCode;

/** The link of a swarm of this page, whose `origin` is as in `location.origin`. */
export const linkOf: (origin: string, infoHash: InfoHash) => string = shareLink;

/** Trackers and web seeds in a location's fragment. */
export const sourcesOf: (fragment: string) => LinkSources = sourcesInLink;

/** What a location's fragment calls the file; null when it does not say. */
export const nameOf: (fragment: string) => string | null = nameInLink;

/** The link by which another device takes part in a check-up. */
export const checkLinkOf = (origin: string, infoHash: InfoHash): string => `${origin}/#check-${infoHash}`;

/** Whether a page under this host name can be reached from this very computer only (RFC 6761, section 6.3). */
export const isLoopback = (hostname: string): boolean =>
  hostname === 'localhost' || hostname.endsWith('.localhost') || hostname === '[::1]' || hostname.startsWith('127.');
