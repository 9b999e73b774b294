/** STUN packets in, answers out: the RFC's own example, a table of what is refused, and properties of any bytes. */
import { crc32 } from 'node:zlib';

import fc from 'fast-check';
import { expect, test } from 'vitest';

import { STUN_BYTES_MAX, stunResponse } from './stun-message.ts';

const FROM = { address: '192.0.2.1', port: 32_853 };
const TRANSACTION = 'b7e7a701bc34d686fa87dfae';

const hex = (text: string): Buffer => Buffer.from(text.replaceAll(/\s/g, ''), 'hex');

/** A binding request with these attributes, in hexadecimal, and the right length. */
function request(attributes = ''): Buffer {
  const body = hex(attributes);
  const length = body.length.toString(16).padStart(4, '0');
  return Buffer.concat([hex(`0001 ${length} 2112a442 ${TRANSACTION}`), body]);
}

/** With a fingerprint, and attributes behind it. */
function withFingerprint(packet: Buffer, behind = ''): Buffer {
  const rest = hex(behind);
  const covered = Buffer.from(packet);
  covered.writeUInt16BE(packet.length - 20 + 8 + rest.length, 2);
  const fingerprint = hex('8028 0004 00000000');
  fingerprint.writeUInt32BE((crc32(covered) ^ 0x5354_554e) >>> 0, 4);
  return Buffer.concat([covered, fingerprint, rest]);
}

// RFC 5769, sections 2.2 and 2.3: the addresses of its sample responses, for its transaction id.
test.each([
  { address: '192.0.2.1', says: '0020 0008 0001 a147 e112a643' },
  { address: '::ffff:192.0.2.1', says: '0020 0008 0001 a147 e112a643' },
  { address: '2001:db8:1234:5678:11:2233:4455:6677', says: '0020 0014 0002 a147 0113a9faa5d3f179bc25f4b5bed2b9d9' },
])('a binding request from $address is told so', ({ address, says }) => {
  const attributes = hex(says);
  const expected = Buffer.concat([
    hex(`0101 00${attributes.length.toString(16).padStart(2, '0')} 2112a442 ${TRANSACTION}`),
    attributes,
  ]);
  expect(stunResponse(request(), { address, port: 32_853 })?.toString('hex')).toBe(expected.toString('hex'));
});

test.each([
  ['an optional attribute (SOFTWARE)', request('8022 0003 61626300')],
  [
    'what authentication would need',
    request('0006 0001 61000000 0008 0014 00000000 00000000 00000000 00000000 00000000'),
  ],
  ['a right fingerprint', withFingerprint(request('8022 0000'))],
])('%s does no harm', (_, packet) => {
  expect(stunResponse(packet, FROM)?.readUInt16BE(0)).toBe(0x0101);
});

test('attributes that must be understood and are not are named in an error 420', () => {
  const expected = `0111 0010 2112a442 ${TRANSACTION} 0009 0004 00000414 000a 0004 0003 7fff`;
  const packet = request('0003 0004 00000006 8022 0000 7fff 0000');
  expect(stunResponse(packet, FROM)?.toString('hex')).toBe(hex(expected).toString('hex'));
});

test.each([
  ['nothing', Buffer.alloc(0)],
  ['half a header', request().subarray(0, 19)],
  ['no magic cookie (RFC 3489)', hex(`0001 0000 00000000 ${TRANSACTION}`)],
  ['an indication', hex(`0011 0000 2112a442 ${TRANSACTION}`)],
  ['a success response', hex(`0101 0000 2112a442 ${TRANSACTION}`)],
  ['an error response', hex(`0111 0000 2112a442 ${TRANSACTION}`)],
  ['an allocate request (TURN)', hex(`0003 0000 2112a442 ${TRANSACTION}`)],
  ['a length that is too great', hex(`0001 0004 2112a442 ${TRANSACTION}`)],
  ['a length that is too small', Buffer.concat([request(), hex('80220000')])],
  ['a length that is no multiple of 4', Buffer.concat([hex(`0001 0002 2112a442 ${TRANSACTION}`), hex('8022')])],
  ['an attribute beyond the end', request('8022 0001')],
  ['a wrong fingerprint', request('8028 0004 00000000')],
  [
    'a fingerprint that is not the last',
    Buffer.concat([withFingerprint(request())])
      .fill(0)
      .fill(withFingerprint(request()))
      .subarray(0, 24),
  ],
  ['an endless packet', request('8022 0000'.repeat(STUN_BYTES_MAX / 4))],
  ['HTTP', Buffer.from('GET / HTTP/1.1\r\nHost: example.org\r\n\r\n')],
])('%s gets no answer', (_, packet) => {
  expect(stunResponse(packet, FROM)).toBeNull();
});

const ENDPOINT = fc.record({ address: fc.oneof(fc.ipV4(), fc.ipV6()), port: fc.integer({ min: 1, max: 65_535 }) });

test('no bytes make it throw, and no answer is more than 24 bytes longer than its question', () => {
  const noise = fc.uint8Array({ maxLength: 700 }).map((bytes) => Buffer.from(bytes));
  const mutated = fc
    .tuple(fc.uint8Array({ maxLength: 600 }), fc.array(fc.tuple(fc.nat(700), fc.nat(255)), { maxLength: 3 }))
    .map(([body, changes]) => {
      const packet = request(Buffer.from(body.subarray(0, body.length - (body.length % 4))).toString('hex'));
      for (const [at, value] of changes) if (at < packet.length) packet[at] = value;
      return packet;
    });
  fc.assert(
    fc.property(fc.oneof(noise, mutated), ENDPOINT, (packet, from) => {
      const answer = stunResponse(packet, from);
      if (answer === null) return;
      expect(answer.length).toBeLessThanOrEqual(packet.length + 24);
      expect(answer.subarray(4, 20)).toEqual(packet.subarray(4, 20));
      expect(answer.readUInt16BE(2)).toBe(answer.length - 20);
    }),
    { numRuns: 2000 },
  );
});

test('an answer never gets an answer: two servers cannot be set on each other', () => {
  fc.assert(
    fc.property(ENDPOINT, fc.constantFrom('', '0003 0000', '8022 0000'), (from, attributes) => {
      expect(stunResponse(stunResponse(request(attributes), from)!, from)).toBeNull();
    }),
  );
});
