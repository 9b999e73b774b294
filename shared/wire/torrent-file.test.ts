/** `.torrent` files: ours come back, those of others are read, and nothing else is. */
import { createHash } from 'node:crypto';
import * as fc from 'fast-check';
import { expect, test } from 'vitest';

import { readTrouble } from '../base/trouble.ts';
import { isMalformed } from './malformed.ts';
import { encodeMetainfo } from './metainfo.ts';
import { encodeTorrentFile } from './torrent-file-encoder.ts';
import { decodeTorrentFile } from './torrent-file.ts';

const metainfo = encodeMetainfo({
  name: 'ü.bin',
  length: 5,
  pieceLength: 16_384,
  pieceDigests: new Uint8Array(20),
  blockDigests: new Uint8Array(8).fill(3),
});
const latin = (text: string): Uint8Array => Uint8Array.from(Buffer.from(text, 'latin1'));
const info = Buffer.from(metainfo.infoBytes).toString('latin1');

test('[M1] our torrent file comes back, its info dictionary byte for byte', () => {
  const bytes = encodeTorrentFile(metainfo, 'wss://share.test/signal');
  expect(decodeTorrentFile(bytes)).toEqual({ metainfo, trackers: ['wss://share.test/signal'], webSeeds: [] });
});

test('[M7] trackers over WebSocket and web seeds of other torrent files are read, each once', () => {
  const lists = 'll12:ws://t.test/12:udp://t.testel12:ws://t.test/ee';
  const bytes = latin(
    `d8:announce10:wss://t/xx13:announce-list${lists}4:info${info}8:url-listl13:http://s.test10:ftp://s.teee`,
  );
  expect(decodeTorrentFile(bytes)).toEqual({
    metainfo,
    trackers: ['wss://t/xx', 'ws://t.test/'],
    webSeeds: ['http://s.test'],
  });
  expect(decodeTorrentFile(latin(`d4:info${info}8:url-list13:http://s.teste`))).toMatchObject({
    webSeeds: ['http://s.test'],
  });
});

test('[M1] an info dictionary with its keys in another order keeps its own hash', () => {
  const unsorted = 'd4:name1:a6:lengthi5e12:piece lengthi16384e6:pieces20:' + 'x'.repeat(20) + 'e';
  const decoded = decodeTorrentFile(latin(`d4:info${unsorted}e`));
  if (isMalformed(decoded)) expect(readTrouble(decoded.reason)).not.toBe(null);
  else
    expect(createHash('sha1').update(decoded.metainfo.infoBytes).digest()).toEqual(
      createHash('sha1').update(latin(unsorted)).digest(),
    );
});

test.each(['', 'de', 'd4:infode', 'd4:info2:abe', `d4:info${info}`, `d4:info${info}ee`])(
  '[W5] "%s" is no torrent file',
  (text) => {
    const decoded = decodeTorrentFile(latin(text));
    expect(isMalformed(decoded) && readTrouble(decoded.reason)?.trouble).toMatch(
      /^(torrent-file-is-none|metainfo-broken)$/,
    );
  },
);

test('[W5] no bytes make the reader throw', () => {
  fc.assert(
    fc.property(fc.uint8Array(), fc.nat(200), (bytes, at) => {
      const broken = encodeTorrentFile(metainfo, 'wss://t.test');
      broken.set(bytes.subarray(0, Math.max(0, broken.byteLength - at)), Math.min(at, broken.byteLength));
      decodeTorrentFile(bytes);
      expect(() => decodeTorrentFile(broken)).not.toThrow();
    }),
    { seed: 20_261_126 },
  );
});
