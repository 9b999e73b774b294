/** Proves that messages between peers are the bytes that the BEPs give, survive every split, and are bounded. */
import * as fc from 'fast-check';
import { expect, test } from 'vitest';

import { bytesFromHex, concatBytes, hexFromBytes } from '../base/bytes.ts';
import { encodeBencode } from './bencode.ts';
import { infoHashFromBytes, peerIdFromBytes, pieceIndex } from './ids.ts';
import {
  BITFIELD_BYTES_MAX,
  BLOCK_BYTES,
  BLOCK_DIGEST_BYTES,
  EXTENDED_BYTES_MAX,
  METADATA_BYTES_MAX,
  PARTIAL_BLOCKS_MAX,
  PARTIALS_MAX,
} from './limits.ts';
import { type Malformed, isMalformed } from './malformed.ts';
import { PeerWire } from './peer-codec.ts';
import type { ExtendedHandshake, PeerMessage } from './peer-message.ts';

const SEED = 20_260_107;

const HANDSHAKE: PeerMessage = {
  kind: 'handshake',
  infoHash: infoHashFromBytes(new Uint8Array(20).fill(0x69)),
  peerId: peerIdFromBytes(new Uint8Array(20).fill(0x70)),
  supportsFast: true,
  supportsExtensions: true,
};
const HANDSHAKE_HEX = `13${hexOf('BitTorrent protocol')}0000000000100004${'69'.repeat(20)}${'70'.repeat(20)}`;

const EXTENDED: ExtendedHandshake = {
  hasMetadataExtension: true,
  hasDontHaveExtension: true,
  hasPartialExtension: true,
  metadataBytes: 31_235,
  requestQueueMax: 1000,
  isChoosy: false,
  client: 'Tabswarm 0.1',
};

const block = { piece: pieceIndex(1), offset: 0x4000, length: 0x3fff };

/** Every message whose bytes do not depend on the neighbour, as the BEPs spell it. */
const VECTORS: readonly (readonly [PeerMessage, string])[] = [
  [HANDSHAKE, HANDSHAKE_HEX],
  [{ kind: 'keep-alive' }, '00000000'],
  [{ kind: 'choke' }, '0000000100'],
  [{ kind: 'unchoke' }, '0000000101'],
  [{ kind: 'interested' }, '0000000102'],
  [{ kind: 'not-interested' }, '0000000103'],
  [{ kind: 'have', piece: pieceIndex(0xfffffffe) }, '0000000504fffffffe'],
  [{ kind: 'bitfield', bits: Uint8Array.of(0xa0, 0x80) }, '0000000305a080'],
  [{ kind: 'request', block }, '0000000d06000000010000400000003fff'],
  [
    { kind: 'piece', piece: pieceIndex(1), offset: 0x4000, data: Uint8Array.of(7, 8) },
    '0000000b0700000001000040000708',
  ],
  [{ kind: 'cancel', block }, '0000000d08000000010000400000003fff'],
  [{ kind: 'have-all' }, '000000010e'],
  [{ kind: 'have-none' }, '000000010f'],
  [{ kind: 'reject', block }, '0000000d10000000010000400000003fff'],
];

test.each(VECTORS.map(([message, hex]) => ({ message, hex })))(
  '[W3] $message.kind has the bytes of its BEP, both ways',
  ({ message, hex }) => {
    expect(hexFromBytes(new PeerWire().encode(message) ?? new Uint8Array(0))).toBe(hex);
    expect(read(message.kind === 'handshake' ? hex : HANDSHAKE_HEX + hex).at(-1)).toEqual(message);
  },
);

test('[W1] the handshake is 68 bytes', () => {
  expect(new PeerWire().encode(HANDSHAKE)).toHaveLength(68);
});

test.each([
  ['0000000000000000', false, false],
  ['0000000000100000', false, true],
  ['0000000000000004', true, false],
  ['ffffffffffffffff', true, true],
])('[W2] reserved bits %s: fast %s, extensions %s', (reserved, supportsFast, supportsExtensions) => {
  const hex = HANDSHAKE_HEX.replace('0000000000100004', reserved);
  expect(read(hex)).toEqual([{ ...HANDSHAKE, supportsFast, supportsExtensions }]);
});

test('[W1] another protocol is known by its first bytes', () => {
  expect(read(HANDSHAKE_HEX.slice(0, 40).replace('42', '62'))).toMatchObject([{ kind: 'malformed' }]);
  expect(read(hexOf('GET / HTTP/1.1\r\nHost: a'))).toMatchObject([{ kind: 'malformed' }]);
});

test.each([
  ['a choke with a body', '0000000200'],
  ['a have too short', '0000000404'],
  ['a have too long', '0000000604'],
  ['a request too long', '0000000e06'],
  ['a block without content', '0000000907'],
  ['a block beyond 16 KiB', hexOf32(10 + BLOCK_BYTES) + '07'],
  ['a bitfield beyond the largest torrent', hexOf32(2 + BITFIELD_BYTES_MAX) + '05'],
  ['an extended message beyond its bound', hexOf32(2 + EXTENDED_BYTES_MAX) + '14'],
  ['an unknown message beyond its bound', hexOf32(2 + EXTENDED_BYTES_MAX) + '63'],
  ['a length that is negative when signed', 'ffffffff'],
])('[W4] %s is refused at its header', (_, hex) => {
  expect(read(HANDSHAKE_HEX + hex)).toMatchObject([HANDSHAKE, { kind: 'malformed' }]);
});

test('[W4] after malformed bytes nothing is read any more', () => {
  const wire = new PeerWire();
  wire.push(bytesFromHex(HANDSHAKE_HEX + 'ffffffff'));
  drain(wire);
  wire.push(bytesFromHex('0000000100'));
  expect([wire.next(), wire.next()]).toMatchObject([{ kind: 'malformed' }, { kind: 'malformed' }]);
});

test('[W6] messages we do not use are skipped, whatever they hold', () => {
  const suggest = '000000050d00000001';
  const port = '0000000309c0de';
  const unknown = '0000000363abcd';
  const unknownExtension = '00000003146364';
  const messages = read(HANDSHAKE_HEX + suggest + port + unknown + unknownExtension + '0000000100');
  expect(messages.slice(1)).toEqual([
    { kind: 'ignored', id: 13 },
    { kind: 'ignored', id: 9 },
    { kind: 'ignored', id: 99 },
    { kind: 'ignored', id: 20 },
    { kind: 'choke' },
  ]);
});

test('[L2] a block inside one packet, or in a packet of its own, is not copied', () => {
  const wire = new PeerWire();
  const header = bytesFromHex(`${HANDSHAKE_HEX}0000000b070000000100004000`);
  const content = Uint8Array.of(7, 8);
  wire.push(header);
  wire.push(content);
  const piece = drain(wire).at(-1);
  expect(piece).toMatchObject({ kind: 'piece', offset: 0x4000 });
  expect(piece).toHaveProperty('data.buffer', content.buffer);
});

test('a message is one array', () => {
  const data = new Uint8Array(BLOCK_BYTES).fill(1);
  const bytes = new PeerWire().encode({ kind: 'piece', piece: pieceIndex(0), offset: 0, data });
  expect(bytes).toHaveLength(13 + BLOCK_BYTES);
});

test('[W8] extensions are addressed by the ids that the neighbour gave them, and not before', () => {
  const wire = greeted();
  const request: PeerMessage = { kind: 'metadata-request', part: 0 };
  const dontHave: PeerMessage = { kind: 'dont-have', piece: pieceIndex(258) };
  const digestsRequest: PeerMessage = { kind: 'digests-request', piece: pieceIndex(258) };
  expect([request, dontHave, digestsRequest].map((message) => wire.encode(message))).toEqual([null, null, null]);
  push(wire, extended(0, encodeBencode({ m: { ut_metadata: 3, lt_donthave: 7, ts_partial: 9, ut_pex: 1 } })));
  expect(hexFromBytes(wire.encode(request) ?? new Uint8Array(0))).toBe(
    `0000001b1403${hexOf('d8:msg_typei0e5:piecei0ee')}`,
  );
  expect(hexFromBytes(wire.encode(dontHave) ?? new Uint8Array(0))).toBe('00000006140700000102');
  expect(hexFromBytes(wire.encode(digestsRequest) ?? new Uint8Array(0))).toBe('0000000714090100000102');
});

test('[W8] a later handshake may end an extension by the id 0, and leaves others as they are', () => {
  const wire = greeted();
  push(wire, extended(0, encodeBencode({ m: { ut_metadata: 3, lt_donthave: 7, ts_partial: 9 } })));
  const [again] = push(wire, extended(0, encodeBencode({ m: { lt_donthave: 0, ts_partial: 0 } })));
  expect(again).toMatchObject({
    handshake: { hasMetadataExtension: true, hasDontHaveExtension: false, hasPartialExtension: false },
  });
  expect(wire.encode({ kind: 'dont-have', piece: pieceIndex(0) })).toBeNull();
  expect(wire.encode({ kind: 'digests-request', piece: pieceIndex(0) })).toBeNull();
});

test('[W8] what is said to us is addressed by our ids, 1, 2 and 3', () => {
  const data = concatBytes([encodeBencode({ msg_type: 1, piece: 1, total_size: 16_386 }), Uint8Array.of(1, 2)]);
  const messages = push(
    greeted(),
    concatBytes([
      extended(1, encodeBencode({ msg_type: 0, piece: 4 })),
      extended(1, data),
      extended(1, encodeBencode({ msg_type: 2, piece: 0 })),
      extended(1, encodeBencode({ msg_type: 3, piece: 0 })),
      extended(2, Uint8Array.of(0, 0, 1, 2)),
      extended(3, Uint8Array.of(1, 0, 0, 1, 2)),
      extended(3, Uint8Array.of(3, 1)),
    ]),
  );
  expect(messages).toEqual([
    { kind: 'metadata-request', part: 4 },
    { kind: 'metadata-data', part: 1, totalBytes: 16_386, data: Uint8Array.of(1, 2) },
    { kind: 'metadata-reject', part: 0 },
    { kind: 'ignored', id: 20 },
    { kind: 'dont-have', piece: 258 },
    { kind: 'digests-request', piece: 258 },
    { kind: 'ignored', id: 20 },
  ]);
});

test.each([
  ['metadata_size beyond its bound', { metadata_size: METADATA_BYTES_MAX + 1 }],
  ['metadata_size of nothing', { metadata_size: 0 }],
  ['a negative reqq', { reqq: -1 }],
  ['a reqq that is text', { reqq: '250' }],
  ['a name that is a number', { v: 5 }],
  ['a name without a letter', { v: '\u0000' }],
  ['ids that are no dictionary', { m: [1] }],
  ['ids beyond a byte', { m: { ut_metadata: 256, lt_donthave: -1, ts_partial: '3' } }],
  ['nothing', {}],
])('[W9] an extended handshake with %s says nothing of it', (_, fields) => {
  const nothing: ExtendedHandshake = {
    hasMetadataExtension: false,
    hasDontHaveExtension: false,
    hasPartialExtension: false,
    metadataBytes: null,
    requestQueueMax: null,
    isChoosy: false,
    client: null,
  };
  expect(push(greeted(), extended(0, encodeBencode(fields)))).toEqual([
    { kind: 'extended-handshake', handshake: nothing },
  ]);
});

test('[W9] our extended handshake names ids, reqq, client and the length of the metadata', () => {
  const bytes = new PeerWire().encode({ kind: 'extended-handshake', handshake: EXTENDED }) ?? new Uint8Array(0);
  expect(Buffer.from(bytes.subarray(6)).toString()).toBe(
    'd1:md11:lt_donthavei2e10:ts_partiali3e11:ut_metadatai1ee13:metadata_sizei31235e4:reqqi1000e1:v12:Tabswarm 0.1e',
  );
});

test.each([
  ['an extended handshake that is no dictionary', extended(0, encodeBencode([1]))],
  ['an extended handshake cut short', extended(0, encodeBencode({ v: 'a' }).subarray(0, 5))],
  ['a metadata message without part', extended(1, encodeBencode({ msg_type: 0 }))],
  ['a part beyond the largest metadata', extended(1, encodeBencode({ msg_type: 0, piece: 1024 }))],
  ['metadata without content', extended(1, dataHeader(5))],
  ['metadata beyond its bound', extended(1, concatBytes([dataHeader(METADATA_BYTES_MAX + 1), Uint8Array.of(1)]))],
  ['metadata beyond 16 KiB', extended(1, concatBytes([dataHeader(5), new Uint8Array(16_385)]))],
  ['metadata of no size', extended(1, concatBytes([encodeBencode({ msg_type: 1, piece: 0 }), Uint8Array.of(1)]))],
  ['a dont-have too short', extended(2, Uint8Array.of(1))],
  ['a message about partial pieces without content', extended(3, new Uint8Array(0))],
])('[M4] %s is malformed', (_, bytes) => {
  expect(push(greeted(), bytes)).toMatchObject([{ kind: 'malformed' }]);
});

test('[L2] every message survives every split, [W13] dont-have and [W14] partial pieces too', () => {
  const conversations = fc.array(messages(), { maxLength: 12 });
  fc.assert(
    fc.property(conversations, fc.array(fc.integer({ min: 1, max: 40 })), (said, cuts) => {
      const [speaker, listener] = [extendedWire(), new PeerWire()];
      const all = [HANDSHAKE, ...said];
      const stream = concatBytes(all.map((message) => speaker.encode(message) ?? new Uint8Array(0)));
      expect(packets(stream, cuts).flatMap((packet) => push(listener, packet))).toEqual(all);
    }),
    { seed: SEED, numRuns: 500 },
  );
});

test('[W5] no bytes make the decoder throw, and what it accepts can be said again', () => {
  const bytes = fc.uint8Array({ maxLength: 200 });
  fc.assert(
    fc.property(fc.array(messages(), { maxLength: 4 }), bytes, fc.nat(), (said, noise, at) => {
      const wire = extendedWire();
      const stream = concatBytes(said.map((message) => wire.encode(message) ?? new Uint8Array(0)));
      const start = stream.length === 0 ? 0 : at % stream.length;
      const mutated = concatBytes([stream.subarray(0, start), noise, stream.subarray(start + noise.length)]);
      const heard = push(wire, mutated).filter((message) => !isMalformed(message));
      for (const message of heard) expect(message.kind === 'ignored' || wire.encode(message) !== null).toBe(true);
    }),
    { seed: SEED, numRuns: 1000 },
  );
});

function hexOf(text: string): string {
  return Buffer.from(text, 'latin1').toString('hex');
}

function hexOf32(value: number): string {
  return value.toString(16).padStart(8, '0');
}

/** An extended message under this extension id (BEP 10). */
function extended(id: number, body: Uint8Array): Uint8Array {
  return concatBytes([bytesFromHex(hexOf32(body.length + 2)), Uint8Array.of(20, id), body]);
}

/** What stands before the first part of metadata of this length (BEP 9). */
function dataHeader(totalBytes: number): Uint8Array {
  return encodeBencode({ msg_type: 1, piece: 0, total_size: totalBytes });
}

/** All messages in these bytes of a new stream. */
function read(hex: string): (PeerMessage | Malformed)[] {
  return push(new PeerWire(), bytesFromHex(hex));
}

/** A wire that has the neighbour's handshake behind it. */
function greeted(): PeerWire {
  const wire = new PeerWire();
  push(wire, bytesFromHex(HANDSHAKE_HEX));
  return wire;
}

/** A wire whose neighbour takes part in all extensions. */
function extendedWire(): PeerWire {
  const wire = greeted();
  push(wire, wire.encode({ kind: 'extended-handshake', handshake: EXTENDED }) ?? new Uint8Array(0));
  return wire;
}

function push(wire: PeerWire, packet: Uint8Array): (PeerMessage | Malformed)[] {
  wire.push(packet);
  return drain(wire);
}

/** All messages that are there, up to the first malformed one. */
function drain(wire: PeerWire): (PeerMessage | Malformed)[] {
  const messages: (PeerMessage | Malformed)[] = [];
  for (let message = wire.next(); message !== null; message = wire.next()) {
    messages.push(message);
    if (isMalformed(message)) break;
  }
  return messages;
}

/** `stream` in packets of these lengths, over and over. */
function packets(stream: Uint8Array, lengths: readonly number[]): Uint8Array[] {
  const list: Uint8Array[] = [];
  for (let start = 0; start < stream.length; start += list.at(-1)?.length ?? 0) {
    list.push(stream.subarray(start, start + (lengths[list.length % lengths.length] ?? stream.length)));
  }
  return list;
}

/** Any message but the handshake, with every value that the wire can carry. */
function messages(): fc.Arbitrary<PeerMessage> {
  const uint32s = fc.nat(0xffffffff);
  const pieces = uint32s.map(pieceIndex);
  const blocks = fc.record({ piece: pieces, offset: uint32s, length: uint32s });
  const parts = fc.nat(1023);
  const data = fc.uint8Array({ minLength: 1, maxLength: 100 });
  const sizes = fc.integer({ min: 1, max: METADATA_BYTES_MAX });
  const handshakes = fc.record({
    hasMetadataExtension: fc.constant(true),
    hasDontHaveExtension: fc.constant(true),
    hasPartialExtension: fc.constant(true),
    metadataBytes: fc.option(sizes),
    requestQueueMax: fc.option(fc.integer({ min: 1 })),
    isChoosy: fc.boolean(),
    client: fc.option(fc.stringMatching(/^[ -~]{1,64}$/)),
  });
  const held = fc.array(fc.record({ piece: pieces, blocks: uint32s }), { minLength: 1, maxLength: PARTIALS_MAX });
  const digests = fc
    .nat(PARTIAL_BLOCKS_MAX)
    .chain((blocks) =>
      fc.uint8Array({ minLength: blocks * BLOCK_DIGEST_BYTES, maxLength: blocks * BLOCK_DIGEST_BYTES }),
    );
  const kind = <Kind extends PeerMessage['kind']>(name: Kind): fc.Arbitrary<Kind> => fc.constant(name);
  return fc.oneof(
    fc.record({
      kind: fc.constantFrom('keep-alive', 'choke', 'unchoke', 'interested', 'not-interested', 'have-all', 'have-none'),
    }),
    fc.record({ kind: fc.constantFrom('have', 'dont-have', 'digests-request'), piece: pieces }),
    fc.record({ kind: fc.constantFrom('request', 'cancel', 'reject'), block: blocks }),
    fc.record({ kind: fc.constantFrom('metadata-request', 'metadata-reject'), part: parts }),
    fc.record({ kind: kind('bitfield'), bits: fc.uint8Array({ maxLength: 100 }) }),
    fc.record({ kind: kind('piece'), piece: pieces, offset: uint32s, data }),
    fc.record({ kind: kind('metadata-data'), part: parts, totalBytes: sizes, data }),
    fc.record({ kind: kind('partials'), held }),
    fc.record({ kind: kind('digests'), piece: pieces, digests }),
    fc.record({ kind: kind('extended-handshake'), handshake: handshakes }),
  );
}
