/** Pieces from web servers: good ones of one file and of folders, and all that a bad server can do. */
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { type IncomingMessage, type Server, type ServerResponse, createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

import { afterEach, expect, test } from 'vitest';

import { type Metainfo, encodeMetainfo } from '../../shared/wire/metainfo.ts';
import { fetchPiece } from './web-seed.ts';

const PIECE_BYTES = 16_384;
const CONTENT = Buffer.from(Array.from({ length: 40_000 }, (_, index) => (index * 7) % 251));

const pieceDigests = new Uint8Array(
  Buffer.concat(
    [0, 1, 2].map((piece) =>
      createHash('sha1')
        .update(CONTENT.subarray(piece * PIECE_BYTES, (piece + 1) * PIECE_BYTES))
        .digest(),
    ),
  ),
);
const file = encodeMetainfo({
  name: 'a b.bin',
  length: CONTENT.byteLength,
  pieceLength: PIECE_BYTES,
  pieceDigests,
  blockDigests: null,
});
const folder = encodeMetainfo({
  name: 'folder',
  files: [
    { path: ['first.bin'], length: 10_000 },
    { path: ['deep', 'second.bin'], length: 30_000 },
  ],
  pieceLength: PIECE_BYTES,
  pieceDigests,
  blockDigests: null,
});

let server: Server | null = null;

afterEach(() => {
  server?.closeAllConnections();
  server?.close();
});

async function serve(answer: (request: IncomingMessage, response: ServerResponse) => void): Promise<string> {
  server = createServer(answer).listen(0, '127.0.0.1');
  await once(server, 'listening');
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

/** Answers a range of `content` as a good server does. */
function giveRange({ headers }: IncomingMessage, response: ServerResponse, content: Buffer): void {
  const [, from, to] = /^bytes=(\d+)-(\d+)$/.exec(headers.range ?? '')!.map(Number);
  response.writeHead(206, { 'Content-Range': `bytes ${from}-${to}/${content.byteLength}` });
  response.end(content.subarray(from, to + 1));
}

const pieceOf = (url: string, metainfo: Metainfo, piece: number): Promise<Uint8Array> =>
  fetchPiece(url, metainfo, piece, new AbortController().signal);

test('a single file is read by ranges, the last piece shorter', async () => {
  const asked: string[] = [];
  const url = await serve((request, response) => {
    asked.push(`${request.url} ${request.headers.range}`);
    giveRange(request, response, CONTENT);
  });
  expect(Buffer.from(await pieceOf(`${url}/x`, file, 0))).toEqual(CONTENT.subarray(0, PIECE_BYTES));
  expect(Buffer.from(await pieceOf(`${url}/`, file, 2))).toEqual(CONTENT.subarray(2 * PIECE_BYTES));
  expect(asked).toEqual(['/x bytes=0-16383', '/a%20b.bin bytes=32768-39999']);
});

test('a piece that lies in two files of a folder is put together', async () => {
  const files: Record<string, Buffer> = {
    '/base/folder/first.bin': CONTENT.subarray(0, 10_000),
    '/base/folder/deep/second.bin': CONTENT.subarray(10_000),
  };
  const url = await serve((request, response) => giveRange(request, response, files[request.url!]));
  expect(Buffer.from(await pieceOf(`${url}/base`, folder, 0))).toEqual(CONTENT.subarray(0, PIECE_BYTES));
  expect(Buffer.from(await pieceOf(`${url}/base/`, folder, 1))).toEqual(CONTENT.subarray(PIECE_BYTES, 2 * PIECE_BYTES));
});

test.each<[string, (request: IncomingMessage, response: ServerResponse) => void, string]>([
  ['sends less', (_, response) => response.writeHead(206).end(CONTENT.subarray(0, 9)), 'web-seed-other-size'],
  ['sends more', (_, response) => response.writeHead(206).end(CONTENT), 'web-seed-other-size'],
  ['never ends', (_, response) => response.writeHead(206) && pour(response), 'web-seed-other-size'],
  ['knows no ranges', (_, response) => response.end(CONTENT), 'web-seed-without-ranges'],
  ['has no such file', (_, response) => response.writeHead(404).end(), 'web-seed-refuses: 404'],
  [
    'sends elsewhere for ever',
    ({ url }, response) => response.writeHead(302, { Location: `${url}x` }).end(),
    'web-seed-closed',
  ],
  ['hangs up', (_, response) => response.destroy(), 'web-seed-closed'],
  ['breaks off', (_, response) => response.writeHead(206).write('a', () => response.destroy()), 'web-seed-broke-off'],
])('a web seed that %s is an error that tells why', async (_, answer, trouble) => {
  const url = await serve(answer);
  await expect(pieceOf(`${url}/x`, file, 0)).rejects.toThrow(trouble);
});

test('a web seed that says nothing is given up with the link', async () => {
  const url = await serve(() => undefined);
  const ending = new AbortController();
  const fetching = fetchPiece(`${url}/x`, file, 0, ending.signal);
  ending.abort();
  await expect(fetching).rejects.toThrow('web-seed-closed');
});

function pour(response: ServerResponse): void {
  if (response.write(CONTENT)) setImmediate(() => pour(response));
  else response.once('drain', () => pour(response));
}
