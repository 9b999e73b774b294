/**
 * Which links are of no use to either side, so that they give way to others (libtorrent `peer_turnover`, `close_redundant_connections`;
 * that they stay until there is no other room is ours). Pure: facts about links in, decision out.
 */
import { minutes, type Millis } from '../../base/time.ts';
import type { LinkId } from '../swarm-io.ts';

/** A link on which no block moved for so long is of no use, whatever its ends hope for. */
export const IDLE_LINK_MS = minutes(3);

export interface LinkUse {
  readonly link: LinkId;
  /** Neither end lacks anything. */
  readonly areBothComplete: boolean;
  /** When the last block came or went, or the link opened. */
  readonly movedAt: Millis;
}

export function isUseless({ areBothComplete, movedAt }: LinkUse, now: Millis): boolean {
  return areBothComplete || now - movedAt >= IDLE_LINK_MS;
}

/** The link that gives way first: two complete ones before others, then the longest idle. null when all are of use. */
export function leastUseful(links: readonly LinkUse[], now: Millis): LinkId | null {
  const useless = links.filter((use) => isUseless(use, now));
  useless.sort((a, b) => Number(b.areBothComplete) - Number(a.areBothComplete) || a.movedAt - b.movedAt);
  return useless[0]?.link ?? null;
}
