/**
 * The info dictionary, fetched from neighbours and checked against the info hash (BEP 9).
 *
 * One neighbour is asked for all parts. If it is silent for three seconds, another one is asked for all parts as well, in place
 * of the most silent one when there are three; the first whole dictionary with the right hash wins. So a wrong dictionary has
 * one sender, and that one is banned.
 */
import { concatBytes } from '../base/bytes.ts';
import { seconds, type Millis } from '../base/time.ts';
import { METADATA_BYTES_MAX, METADATA_PIECE_BYTES } from '../wire/limits.ts';
import type { LinkId } from './swarm-io.ts';

/** Silence after which another neighbour is asked as well. */
export const METADATA_PATIENCE_MS = seconds(3);

/** Neighbours asked at the same time. */
const ATTEMPTS_MAX = 3;

/** Parts asked for at once: 256 KiB in flight. */
const PARTS_AHEAD = 16;

/** One neighbour's answers. */
interface MetadataAttempt {
  readonly link: LinkId;
  readonly totalBytes: number;
  readonly parts: (Uint8Array | null)[];
  asked: number;
  received: number;
  activeAt: Millis;
}

export class MetadataExchange {
  readonly #attempts = new Map<LinkId, MetadataAttempt>();
  /** Who was asked, the last one last, so that those who never answer do not keep the others from being asked. */
  readonly #asked = new Set<LinkId>();
  /** Who sent the dictionary that is being checked. */
  checking: LinkId | null = null;

  /** Bytes here and in all, of the attempt that is furthest. */
  progress(): { bytes: number; totalBytes: number } {
    let best = { bytes: 0, totalBytes: 0 };
    for (const { received, totalBytes } of this.#attempts.values()) {
      const bytes = Math.min(received * METADATA_PIECE_BYTES, totalBytes);
      if (totalBytes > 0 && (best.totalBytes === 0 || bytes > best.bytes)) best = { bytes, totalBytes };
    }
    return best;
  }

  /** Whether it is time to ask one more neighbour. */
  wantsAttempt(now: Millis): boolean {
    if (this.checking !== null) return false;
    for (const attempt of this.#attempts.values()) if (now - attempt.activeAt < METADATA_PATIENCE_MS) return false;
    return true;
  }

  /** Of these links, the one to ask next: never asked, or else the longest ago; null when all are being asked. */
  choose(links: readonly LinkId[]): LinkId | null {
    const free = links.filter((link) => !this.#attempts.has(link));
    for (const link of free) if (!this.#asked.has(link)) return link;
    for (const link of this.#asked) if (free.includes(link)) return link;
    return null;
  }

  /** Begins with a neighbour that told the dictionary's length; the first parts to ask for. */
  begin(link: LinkId, totalBytes: number, now: Millis): number[] {
    if (totalBytes <= 0 || totalBytes > METADATA_BYTES_MAX) return [];
    const parts = Array.from({ length: Math.ceil(totalBytes / METADATA_PIECE_BYTES) }, () => null);
    const attempt: MetadataAttempt = { link, totalBytes, parts, asked: 0, received: 0, activeAt: now };
    this.#makeRoom();
    this.#attempts.set(link, attempt);
    this.#asked.delete(link);
    this.#asked.add(link);
    return nextParts(attempt);
  }

  /**
   * A part came. `ask`: parts to ask the same neighbour for; `whole`: the dictionary, when this was the last part. Null when
   * the part was not asked for or has the wrong length.
   */
  receive(
    link: LinkId,
    part: number,
    data: Uint8Array,
    now: Millis,
  ): { readonly ask: readonly number[]; readonly whole: Uint8Array | null } | null {
    const attempt = this.#attempts.get(link);
    if (attempt === undefined || part >= attempt.asked || attempt.parts[part] !== null) return null;
    const expected = Math.min(METADATA_PIECE_BYTES, attempt.totalBytes - part * METADATA_PIECE_BYTES);
    if (data.byteLength !== expected) return null;
    attempt.parts[part] = data;
    attempt.received += 1;
    attempt.activeAt = now;
    if (attempt.received < attempt.parts.length) return { ask: nextParts(attempt), whole: null };
    this.#attempts.delete(link);
    if (this.checking !== null) return { ask: [], whole: null };
    this.checking = link;
    return { ask: [], whole: concatBytes(attempt.parts.filter((bytes) => bytes !== null)) };
  }

  /** The neighbour refused. */
  refused(link: LinkId): void {
    this.#attempts.delete(link);
  }

  /** The neighbour left. */
  end(link: LinkId): void {
    this.#attempts.delete(link);
    this.#asked.delete(link);
  }

  #makeRoom(): void {
    if (this.#attempts.size < ATTEMPTS_MAX) return;
    const attempts = [...this.#attempts.values()].sort((a, b) => a.activeAt - b.activeAt);
    this.#attempts.delete(attempts[0].link);
  }
}

function nextParts(attempt: MetadataAttempt): number[] {
  const parts: number[] = [];
  while (attempt.asked < attempt.parts.length && attempt.asked - attempt.received < PARTS_AHEAD) {
    parts.push(attempt.asked);
    attempt.asked += 1;
  }
  return parts;
}
