/** SHA-1, for comparisons and for making a metainfo: by the browser, or by JavaScript on plain-http pages, which lack it. */
import { equalBytes, hexFromBytes } from '../../shared/base/bytes.ts';
import { seconds } from '../../shared/base/time.ts';
import type { PieceHasher } from '../../shared/driver/ports.ts';
import { infoHashFromBytes } from '../../shared/wire/ids.ts';
import { BLOCK_DIGEST_BYTES } from '../../shared/wire/limits.ts';
import { plainBytes } from './shape.ts';

export interface Hasher extends PieceHasher<Uint8Array> {
  /** The 20 bytes of the SHA-1. The caller leaves `bytes` alone until then. */
  readonly sha1: (bytes: Uint8Array) => Promise<Uint8Array>;
}

/** Between two attempts to load the JavaScript. */
const RETRY_MS = seconds(3);

/** The browser's own SHA-1 where there is one (secure origins), else that of @noble/hashes, which only then is loaded. */
export function createHasher(): Hasher {
  const sha1 = 'subtle' in crypto ? nativeSha1 : pureSha1();
  const blockDigest: Hasher['blockDigest'] = async (block) => (await sha1(block)).subarray(0, BLOCK_DIGEST_BYTES);
  return {
    sha1,
    pieceMatches: async (chunk, digest) => equalBytes(await sha1(chunk), digest),
    digest: async (chunk) => hexFromBytes(await sha1(chunk)),
    blockDigest,
    blockDigestsMatch: async (digests, digest) => equalBytes(await blockDigest(digests), digest),
    metadataMatches: async (infoBytes, infoHash) => infoHashFromBytes(await sha1(infoBytes)) === infoHash,
  };
}

async function nativeSha1(bytes: Uint8Array): Promise<Uint8Array> {
  return new Uint8Array(await crypto.subtle.digest('SHA-1', plainBytes(bytes)));
}

/** Loaded at once: it is needed from the first piece on. */
function pureSha1(): Hasher['sha1'] {
  const loading = loadPureSha1();
  return async (bytes) => (await loading)(bytes);
}

/** Tries until it succeeds: without it no piece can be judged, and a wrong judgement would ban honest neighbours. */
async function loadPureSha1(): Promise<(bytes: Uint8Array) => Uint8Array> {
  for (;;) {
    try {
      return (await import('@noble/hashes/legacy.js')).sha1;
    } catch {
      await new Promise((resolve) => setTimeout(resolve, RETRY_MS));
    }
  }
}
