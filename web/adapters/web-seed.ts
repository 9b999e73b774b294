/**
 * Pieces from an ordinary web server (BEP 19, `ws` in a magnet link): by requests for byte ranges, a piece at a time. What the
 * server does is bounded: its answer has exactly the bytes that were asked for, in time, or it is an error.
 */
import { seconds } from '../../shared/base/time.ts';
import { troubleError } from '../../shared/base/trouble.ts';
import type { TorrentFile } from '../../shared/wire/file-list.ts';
import type { Metainfo } from '../../shared/wire/metainfo.ts';

/** For one answer, from the request to its last byte. */
const ANSWER_MS = seconds(30);

/** The content of one piece. Rejects with an Error for a person: out of reach, no ranges, too short, too long, too slow. */
export async function fetchPiece(
  url: string,
  metainfo: Metainfo,
  piece: number,
  signal: AbortSignal,
): Promise<Uint8Array<ArrayBuffer>> {
  const start = piece * metainfo.pieceLength;
  const content = new Uint8Array(Math.min(metainfo.pieceLength, metainfo.length - start));
  for (const file of metainfo.files) {
    const from = Math.max(start, file.offset);
    const to = Math.min(start + content.byteLength, file.offset + file.length);
    if (from >= to) continue;
    const part = { address: addressOf(url, metainfo, file), from: from - file.offset, length: file.length };
    await fetchInto(content.subarray(from - start, to - start), part, signal);
  }
  return content;
}

/** BEP 19: a folder's files lie below the address; so does a single file when the address ends with a slash. */
function addressOf(url: string, { name, isFolder }: Metainfo, { path }: TorrentFile): string {
  const isBelow = isFolder || url.endsWith('/');
  const names = isFolder ? [name, ...path] : [name];
  return isBelow ? `${url.replace(/\/$/, '')}/${names.map(encodeURIComponent).join('/')}` : url;
}

/** Fills `target` with the bytes of a file from `from` on; the file has `length` bytes. */
async function fetchInto(
  target: Uint8Array,
  { address, from, length }: { readonly address: string; readonly from: number; readonly length: number },
  signal: AbortSignal,
): Promise<void> {
  const response = await fetch(address, {
    headers: { Range: `bytes=${from}-${from + target.byteLength - 1}` },
    mode: 'cors',
    credentials: 'omit',
    referrerPolicy: 'no-referrer',
    signal: AbortSignal.any([signal, AbortSignal.timeout(ANSWER_MS)]),
  }).catch(() => {
    throw troubleError('web-seed-closed');
  });
  // Who knows no ranges sends the whole file; that is right when the whole file was asked for.
  const isWhole = response.status === 200 && target.byteLength === length;
  if (response.status !== 206 && !isWhole) {
    await response.body?.cancel();
    throw troubleError(
      response.status === 200 ? 'web-seed-without-ranges' : 'web-seed-refuses',
      String(response.status),
    );
  }
  await readInto(target, response.body);
}

/** Reads exactly as much as fits; hangs up on whoever sends more. */
async function readInto(target: Uint8Array, body: ReadableStream<Uint8Array> | null): Promise<void> {
  const reader = body?.getReader();
  let length = 0;
  for (;;) {
    const chunk = await reader?.read().catch(() => {
      throw troubleError('web-seed-broke-off');
    });
    if (chunk === undefined || chunk.done) break;
    if (length + chunk.value.byteLength > target.byteLength) {
      await reader?.cancel();
      throw troubleError('web-seed-other-size');
    }
    target.set(chunk.value, length);
    length += chunk.value.byteLength;
  }
  if (length < target.byteLength) throw troubleError('web-seed-other-size');
}
