/** WebSocket frames against `ws`, whose sender and receiver are the oracle, and against what nobody should send. */
import * as fc from 'fast-check';
import { expect, test } from 'vitest';

import { type FrameHandler, FrameReader, closeFrame, pingFrame, pongFrame, textHead } from './web-socket-frames.ts';

const SEED = 20_260_101;

/** A frame of a client, masked. A length of more than 125 takes the form that fits, or the one that is asked for. */
function frame(
  first: number,
  payload: Buffer,
  { mask = 0x11_22_33_44, lengthBytes = payload.length > 0xffff ? 8 : payload.length > 125 ? 2 : 0 } = {},
): Buffer {
  const head = Buffer.alloc(2 + lengthBytes + 4);
  head[0] = first;
  head[1] = 0x80 | (lengthBytes === 8 ? 127 : lengthBytes === 2 ? 126 : payload.length);
  if (lengthBytes > 0) head.writeUIntBE(payload.length, 2 + Math.max(0, lengthBytes - 6), Math.min(6, lengthBytes));
  head.writeUInt32BE(mask, 2 + lengthBytes);
  const masked = payload.map((byte, index) => byte ^ head[2 + lengthBytes + (index % 4)]);
  return Buffer.concat([head, masked]);
}

/** What a reader tells of the chunks, one line each. */
function heard(chunks: readonly Uint8Array[], bytesMax = 1_000_000): string[] {
  const lines: string[] = [];
  const handler: FrameHandler = {
    onText: (utf8) => lines.push(`text ${utf8.length} ${utf8.toString()}`),
    onBinary: () => lines.push('binary'),
    onPing: (payload) => lines.push(`ping ${payload.toString('latin1')}`),
    onPong: () => lines.push('pong'),
    onClose: (code) => lines.push(`close ${code}`),
    onBroken: (code) => lines.push(`broken ${code}`),
  };
  const reader = new FrameReader(bytesMax);
  // Copied, as the reader takes masks off in place.
  for (const chunk of chunks) reader.push(Buffer.from(chunk), handler);
  return lines;
}

const text = (content: string, first = 0x81): Buffer => frame(first, Buffer.from(content));

/** `bytes` cut at the places that the numbers point to. */
function split(bytes: Buffer, cuts: readonly number[]): Buffer[] {
  const places = cuts.map((cut) => cut % (bytes.length + 1)).toSorted((a, b) => a - b);
  return [0, ...places].map((begin, index) => bytes.subarray(begin, places[index] ?? bytes.length));
}

test('messages come back whole however the stream is cut, and whatever the mask', () => {
  const lengths = fc.constantFrom(0, 1, 125, 126, 127, 4000, 65_535, 65_536, 70_000);
  const message = fc.record({ length: lengths, mask: fc.nat(0xffff_ffff), character: fc.constantFrom('a', 'é', '✓') });
  fc.assert(
    fc.property(fc.array(message, { maxLength: 4 }), fc.array(fc.nat(), { maxLength: 20 }), (messages, cuts) => {
      const texts = messages.map(({ length, character }) => character.repeat(length));
      const stream = Buffer.concat(texts.map((one, index) => frame(0x81, Buffer.from(one), messages[index])));
      const expected = texts.map((one) => `text ${Buffer.byteLength(one)} ${one}`);
      expect(heard(split(stream, cuts))).toEqual(expected);
    }),
    { seed: SEED, numRuns: 200 },
  );
});

test('a message in parts is one message, with control frames between its parts told first', () => {
  const stream = [text('a', 0x01), text('', 0x00), frame(0x89, Buffer.from('?')), text('b', 0x00), text('c', 0x80)];
  expect(heard(stream)).toEqual(['ping ?', 'text 3 abc']);
  expect(heard(Array.from(Buffer.concat(stream), (byte) => Buffer.of(byte)))).toEqual(['ping ?', 'text 3 abc']);
});

test('control frames between the parts of the longest message do not count as its parts', () => {
  const stream = [text('x'.repeat(1000), 0x01), frame(0x89, Buffer.from('?')), text('', 0x80)];
  expect(heard(stream, 1000)).toEqual(['ping ?', `text 1000 ${'x'.repeat(1000)}`]);
});

test('a character that is cut by the border of two parts is whole in the message', () => {
  const [first, second] = [Buffer.from('é').subarray(0, 1), Buffer.from('é').subarray(1)];
  expect(heard([frame(0x01, first), frame(0x80, second)])).toEqual(['text 2 é']);
});

test.each([
  ['a reserved bit', frame(0xc1, Buffer.from('x')), 1002],
  ['an opcode that is reserved', frame(0x83, Buffer.from('x')), 1002],
  ['a control opcode that is reserved', frame(0x8b, Buffer.alloc(0)), 1002],
  ['no mask', Buffer.from([0x81, 0x01, 0x78]), 1002],
  ['a ping in parts', frame(0x09, Buffer.from('x')), 1002],
  ['a ping of 126 bytes', frame(0x89, Buffer.alloc(126)), 1002],
  ['a part of nothing', frame(0x80, Buffer.from('x')), 1002],
  ['a message inside a message', Buffer.concat([text('a', 0x01), text('b')]), 1002],
  ['a close of one byte', frame(0x88, Buffer.alloc(1)), 1002],
  ['a close code that must not be sent', frame(0x88, Buffer.from([0x03, 0xee])), 1002],
  ['a close reason that is no UTF-8', frame(0x88, Buffer.from([0x03, 0xe8, 0xff])), 1007],
  ['text that is no UTF-8', frame(0x81, Buffer.from([0xc3])), 1007],
  ['a message too long', text('x'.repeat(1001)), 1009],
  ['parts too long together', Buffer.concat([text('x'.repeat(600), 0x01), text('x'.repeat(600), 0x80)]), 1009],
  ['a length of 2^63 bytes', Buffer.from([0x81, 0xff, 0x80, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0]), 1009],
])('%s breaks the stream, and nothing after it is told', (_, bytes, code) => {
  const stream = Buffer.concat([text('before'), bytes, text('after')]);
  const told = ['text 6 before', `broken ${code}`];
  expect(heard([stream], 1000)).toEqual(told);
  expect(
    heard(
      Array.from(stream, (byte) => Buffer.of(byte)),
      1000,
    ),
  ).toEqual(told);
});

test.each([
  [frame(0x88, Buffer.alloc(0)), 'close null'],
  [frame(0x88, Buffer.from([0x03, 0xe8])), 'close 1000'],
  [frame(0x88, Buffer.from([0x0f, 0xa0, 0x62, 0x79, 0x65])), 'close 4000'],
])('a close tells its code', (bytes, line) => {
  expect(heard([bytes])).toEqual([line]);
});

test('random bytes make the reader tell something or wait, and never throw', () => {
  const bytes = fc.uint8Array({ maxLength: 200 });
  fc.assert(
    fc.property(fc.array(bytes, { maxLength: 5 }), (chunks) => {
      const lines = heard(chunks, 100);
      expect(lines.slice(0, -1).filter((line) => line.startsWith('broken'))).toEqual([]);
    }),
    { seed: SEED, numRuns: 2000 },
  );
});

test('a length that is promised and not sent costs no memory, and a frame byte by byte is not copied each time', () => {
  const promised = frame(0x81, Buffer.alloc(0), { lengthBytes: 8 });
  promised.writeUInt32BE(400_000, 6);
  const reader = new FrameReader(500_000);
  const before = process.memoryUsage().arrayBuffers;
  reader.push(promised, {} as FrameHandler);
  expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(100_000);
  const chunks = Array.from({ length: 400_000 }, () => Buffer.of(0));
  let length = 0;
  const handler = { onText: (utf8: Buffer) => (length = utf8.length) } as unknown as FrameHandler;
  for (const chunk of chunks) reader.push(chunk, handler);
  // Copying all of it each time would move 80 GB, and take longer than a test may.
  expect(length).toBe(400_000);
});

test('frames of the server say their length in the form that fits', () => {
  const bytes = (written: string): Buffer => Buffer.from(written, 'latin1');
  expect(bytes(textHead(2))).toEqual(Buffer.from([0x81, 2]));
  expect(bytes(textHead(125))).toEqual(Buffer.from([0x81, 125]));
  expect(bytes(textHead(126))).toEqual(Buffer.from([0x81, 126, 0, 126]));
  expect(bytes(textHead(65_536))).toEqual(Buffer.from([0x81, 127, 0, 0, 0, 0, 0, 1, 0, 0]));
  expect(bytes(pingFrame)).toEqual(Buffer.from([0x89, 0]));
  expect(bytes(pongFrame(Buffer.from([0xff])))).toEqual(Buffer.from([0x8a, 1, 0xff]));
  expect(bytes(closeFrame(1013, 'no'))).toEqual(Buffer.from([0x88, 4, 0x03, 0xf5, 0x6e, 0x6f]));
  expect(bytes(closeFrame(null, ''))).toEqual(Buffer.from([0x88, 0]));
});
