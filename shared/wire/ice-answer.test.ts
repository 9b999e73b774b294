/** Answers of `/ice`, right and wrong. */
import fc from 'fast-check';
import { expect, test } from 'vitest';

import { ICE_CHARS_MAX, type IceAnswer, decodeIceAnswer } from './ice-answer.ts';
import { isMalformed } from './malformed.ts';

const TURN = { urls: ['turn:turn.example.org:3478?transport=udp'], username: '1:a', credential: 'b=' };
const RIGHT: IceAnswer = { iceServers: [{ urls: ['stun:[2606:4700::1]:3478'] }, TURN], lifetimeSeconds: 60 };

test('an answer comes back as it went, without what nobody knows', () => {
  expect(decodeIceAnswer(JSON.stringify(RIGHT))).toEqual(RIGHT);
  const more = { ...RIGHT, extra: 1, iceServers: [{ ...TURN, credentialType: 'password' }] };
  expect(decodeIceAnswer(JSON.stringify(more))).toEqual({ ...RIGHT, iceServers: [TURN] });
});

test.each([
  ['nothing', ''],
  ['no JSON', '<!doctype html>'],
  ['null', 'null'],
  ['no lifetime', JSON.stringify({ iceServers: [] })],
  ['a lifetime of 0', JSON.stringify({ ...RIGHT, lifetimeSeconds: 0 })],
  ['no list', JSON.stringify({ ...RIGHT, iceServers: {} })],
  ['too many servers', JSON.stringify({ ...RIGHT, iceServers: Array.from({ length: 9 }, () => TURN) })],
  ['no addresses', JSON.stringify({ ...RIGHT, iceServers: [{ urls: [] }] })],
  ['an address a browser throws at', JSON.stringify({ ...RIGHT, iceServers: [{ urls: ['http://example.org'] }] })],
  ['half a credential', JSON.stringify({ ...RIGHT, iceServers: [{ ...TURN, credential: undefined }] })],
  ['endless text', JSON.stringify({ ...RIGHT, padding: 'x'.repeat(ICE_CHARS_MAX) })],
])('%s is malformed', (_, text) => {
  expect(isMalformed(decodeIceAnswer(text))).toBe(true);
});

test('no text makes it throw', () => {
  fc.assert(fc.property(fc.oneof(fc.string(), fc.json()), (text) => void decodeIceAnswer(text)));
});
