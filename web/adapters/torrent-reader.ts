/** Opens `.torrent` files that a person chose, read here and nowhere else. */
import { type InfoHash, infoHashFromBytes } from '../../shared/wire/ids.ts';
import { isMalformed } from '../../shared/wire/malformed.ts';
import { TORRENT_FILE_BYTES_MAX, type TorrentFileContent, decodeTorrentFile } from '../../shared/wire/torrent-file.ts';
import type { Hasher } from './hasher.ts';

/** What is in it, and the swarm it is for. Rejects with an Error for a person when it is no torrent file that can be fetched. */
export async function readTorrent(
  file: File,
  hasher: Pick<Hasher, 'sha1'>,
): Promise<TorrentFileContent & { readonly infoHash: InfoHash }> {
  // One byte more than allowed tells that it is too large.
  const bytes = await file.slice(0, TORRENT_FILE_BYTES_MAX + 1).arrayBuffer();
  const content = decodeTorrentFile(new Uint8Array(bytes));
  if (isMalformed(content)) throw new Error(content.reason);
  return { ...content, infoHash: infoHashFromBytes(await hasher.sha1(content.metainfo.infoBytes)) };
}
