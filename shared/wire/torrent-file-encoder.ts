/** Writing `.torrent` files (BEP 3), for other clients. Few tabs read one, so that reading is fetched when it is needed. */
import { concatBytes } from '../base/bytes.ts';
import { encodeBencode } from './bencode.ts';
import type { Metainfo } from './metainfo.ts';

/** The `.torrent` file of a share, for other clients. */
export function encodeTorrentFile({ infoBytes }: Metainfo, tracker: string): Uint8Array<ArrayBuffer> {
  const head = encodeBencode({ announce: tracker });
  const info = encodeBencode('info');
  // The dictionary goes in as it is, byte for byte: anything else would be another swarm.
  return concatBytes([head.subarray(0, -1), info, infoBytes, head.subarray(-1)]);
}
