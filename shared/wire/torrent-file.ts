/** Reading `.torrent` files (BEP 3): an info dictionary, and beside it where its swarm is to be found. */
import { troubleText } from '../base/trouble.ts';
import { decodeBencode, type Bencoded } from './bencode.ts';
import { LINK_SOURCES_MAX, METADATA_BYTES_MAX } from './limits.ts';
import type { LinkSources } from './magnet-link.ts';
import { type Malformed, isMalformed, malformed } from './malformed.ts';
import { type Metainfo, decodeMetainfo } from './metainfo.ts';
import { textFromUtf8 } from './plain-text.ts';

/** Longest file that is read: the longest info dictionary, and a generous rest. */
export const TORRENT_FILE_BYTES_MAX = METADATA_BYTES_MAX + 1024 * 1024;

export interface TorrentFileContent extends LinkSources {
  readonly metainfo: Metainfo;
}

/** What is in a `.torrent` file. Reasons are for a person. */
export function decodeTorrentFile(bytes: Uint8Array): TorrentFileContent | Malformed {
  if (bytes.byteLength > TORRENT_FILE_BYTES_MAX) return malformed(troubleText('torrent-file-too-large'));
  const entries = entriesIn(bytes);
  const info = entries?.get('info');
  if (entries === null || info === undefined) return malformed(troubleText('torrent-file-is-none'));
  const metainfo = decodeMetainfo(info.bytes);
  if (isMalformed(metainfo)) return metainfo;
  const trackers = textsIn(entries.get('announce')?.value, entries.get('announce-list')?.value);
  const webSeeds = textsIn(entries.get('url-list')?.value);
  return { metainfo, trackers: addresses(trackers, /^wss?:$/), webSeeds: addresses(webSeeds, /^https?:$/) };
}

interface Entry {
  readonly value: Bencoded;
  readonly bytes: Uint8Array;
}

/** The entries of the outermost dictionary, each with its very bytes; null when it is none. */
function entriesIn(bytes: Uint8Array): Map<string, Entry> | null {
  const whole = decodeBencode(bytes);
  if (isMalformed(whole) || !(whole.value instanceof Map) || whole.end !== bytes.byteLength) return null;
  const entries = new Map<string, Entry>();
  let position = 1;
  for (const [key, value] of whole.value) {
    position += lengthOf(bytes.subarray(position));
    const end = position + lengthOf(bytes.subarray(position));
    entries.set(key, { value, bytes: bytes.slice(position, end) });
    position = end;
  }
  return entries;
}

/** Of the value at the beginning of bytes that were decoded before. */
function lengthOf(bytes: Uint8Array): number {
  const decoded = decodeBencode(bytes);
  return isMalformed(decoded) ? bytes.byteLength : decoded.end;
}

/** All texts in values and lists of them: `announce-list` is a list of lists (BEP 12), `url-list` a text or a list. */
function textsIn(...values: readonly (Bencoded | undefined)[]): string[] {
  return values.flatMap((value) => {
    if (value instanceof Uint8Array) return [textFromUtf8(value)];
    return Array.isArray(value) ? textsIn(...(value as Bencoded[])) : [];
  });
}

function addresses(texts: readonly string[], protocol: RegExp): string[] {
  const usable = texts.filter((text) => URL.canParse(text) && protocol.test(new URL(text).protocol));
  return [...new Set(usable)].slice(0, LINK_SOURCES_MAX);
}
