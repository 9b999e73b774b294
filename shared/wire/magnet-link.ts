/** Magnet links (BEP 9): what other clients open, and where they say that a swarm is to be found besides our own server. */
import type { InfoHash } from './ids.ts';
import { LINK_CHARS_MAX, LINK_SOURCES_MAX } from './limits.ts';
import { percentDecoded, safeFileName } from './plain-text.ts';

/** Where a link says that there is more to be had. Addresses are absolute, and each is there once. */
export interface LinkSources {
  /** Trackers over WebSocket (`tr`); a browser can speak to no others. */
  readonly trackers: readonly string[];
  /** Web seeds over HTTP (`ws`, BEP 19). */
  readonly webSeeds: readonly string[];
}

const MAGNET = /magnet:\?/i;

export const NO_SOURCES: LinkSources = { trackers: [], webSeeds: [] };

/** A magnet link for other clients. */
export function magnetLink({
  infoHash,
  name,
  tracker,
}: {
  readonly infoHash: InfoHash;
  readonly name: string | null;
  readonly tracker: string;
}): string {
  const named = name === null ? '' : `&dn=${encodeURIComponent(name)}`;
  return `magnet:?xt=urn:btih:${infoHash}${named}&tr=${encodeURIComponent(tracker)}`;
}

/** The trackers and web seeds in a magnet link, or in an address with one behind its `#`; others have none. */
export function sourcesInLink(text: string): LinkSources {
  const parameters = [...parametersIn(text)];
  const named = (key: RegExp, protocol: RegExp): string[] => {
    const addresses = parameters.filter(([name]) => key.test(name)).flatMap(([, value]) => addressOf(value, protocol));
    return [...new Set(addresses)].slice(0, LINK_SOURCES_MAX);
  };
  return { trackers: named(/^tr(\.\d+)?$/i, /^wss?:$/), webSeeds: named(/^ws(\.\d+)?$/i, /^https?:$/) };
}

/** The name that a magnet link gives to what it is for (`dn`): no more than a word for it until the info dictionary is here. */
export function nameInLink(text: string): string | null {
  const name = parametersIn(text).get('dn')?.trim();
  return name ? safeFileName(name) : null;
}

/** Those of the magnet link in the text, none when there is no link. As a handler of magnet links, a page gets them percent-encoded. */
function parametersIn(text: string): URLSearchParams {
  if (text.length > LINK_CHARS_MAX) return new URLSearchParams();
  const link = /magnet%3a%3f/i.test(text) ? percentDecoded(text) : text;
  const start = link.search(MAGNET);
  return new URLSearchParams(start < 0 ? '' : link.slice(start).replace(MAGNET, ''));
}

/** The address in `text`, if it is one of this protocol, and carries no password. */
function addressOf(text: string, protocol: RegExp): string[] {
  if (!URL.canParse(text)) return [];
  const { href, protocol: own, username, password } = new URL(text);
  return protocol.test(own) && username === '' && password === '' ? [href] : [];
}
