/** A web seed speaks as a neighbour that has everything, and ends as one. */
import { expect, test, vi } from 'vitest';

import type { TransportFact } from '../../shared/driver/ports.ts';
import { FakeTransport } from '../../shared/driver/world.test-kit.ts';
import type { LinkId } from '../../shared/engine/swarm-io.ts';
import type { BlockRef } from '../../shared/wire/peer-message.ts';
import { type InfoHash, pieceIndex } from '../../shared/wire/ids.ts';
import { encodeMetainfo } from '../../shared/wire/metainfo.ts';
import { withWebSeeds } from './web-seed-links.ts';

const INFO_HASH = 'ab'.repeat(20) as InfoHash;
const metainfo = encodeMetainfo({
  name: 'a',
  length: 32_768,
  pieceLength: 16_384,
  pieceDigests: new Uint8Array(40),
  blockDigests: null,
});
const BLOCK: BlockRef = { piece: pieceIndex(0), offset: 0, length: metainfo.pieceLength };

function scene() {
  const facts: TransportFact[] = [];
  const others = Object.assign(new FakeTransport(), { closeAll: () => undefined });
  const urls = ['http://seed.test/a'];
  const links = withWebSeeds({ infoHash: INFO_HASH, urls, report: (fact) => facts.push(fact), others });
  const kinds = (): string[] => facts.map((fact) => (fact.kind === 'message-received' ? fact.message.kind : fact.kind));
  const called = async (): Promise<LinkId> => {
    links.describe(metainfo);
    await vi.waitFor(() => expect(kinds()).toContain('call-answered'));
    return facts.flatMap((fact) => (fact.kind === 'call-answered' ? [fact.link] : []))[0];
  };
  return { facts, links, kinds, called };
}

test('it calls when the pieces are known, and has everything when it is wanted', async () => {
  const { links, kinds, called } = scene();
  links.complete(await called(), '');
  await vi.waitFor(() => expect(kinds().length).toBe(5));
  links.send(-1_000_000_001 as LinkId, { kind: 'interested' });
  await vi.waitFor(() => expect(kinds().length).toBe(6));
  expect(kinds()).toEqual(['call-answered', 'link-opened', 'handshake', 'extended-handshake', 'have-all', 'unchoke']);
});

test('[R6] a request is answered by its block, a cancelled one by a reject', async () => {
  const { facts, links, kinds, called } = scene();
  const link = await called();
  links.complete(link, '');
  let give: (response: Response) => void = () => undefined;
  vi.stubGlobal('fetch', () => new Promise<Response>((resolve) => (give = resolve)));
  links.send(link, { kind: 'request', block: BLOCK });
  const other = { ...BLOCK, piece: pieceIndex(1) };
  links.send(link, { kind: 'request', block: other });
  links.send(link, { kind: 'cancel', block: other });
  give(new Response(new Uint8Array(BLOCK.length), { status: 206 }));
  await vi.waitFor(() => expect(kinds()).toEqual(expect.arrayContaining(['piece', 'reject'])));
  expect(facts).toContainEqual({ kind: 'message-received', link, message: { kind: 'reject', block: other } });
});

test('a failure ends its link with a sentence, and the end of a link ends its request', async () => {
  const { facts, links, called } = scene();
  const link = await called();
  links.complete(link, '');
  vi.stubGlobal('fetch', () => Promise.reject(new TypeError('CORS')));
  links.send(link, { kind: 'request', block: BLOCK });
  await vi.waitFor(() => expect(facts.at(-1)).toMatchObject({ kind: 'link-closed', reason: 'web-seed-closed' }));
  expect(links.webSeeds()).toMatchObject([{ host: 'seed.test', trouble: 'web-seed-closed' }]);
  links.closeAll();
});
