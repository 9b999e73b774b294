/** A seeded attack on a running server: many sockets send frames, and bytes that are none, until they are thrown out. */
import type { EventEmitter } from 'node:events';
import { connect } from 'node:net';

import { WebSocket } from 'ws';

import { type Random, randomBelow, randomBytes, seededRandom } from '../../shared/base/random.ts';
import { type Cast, makeFrame } from './frames.ts';
import { makeStream } from './streams.ts';

export interface AttackPlan {
  readonly port: number;
  readonly cast: Cast;
  /** Frames to send in all. */
  readonly frames: number;
  /** Sockets at once. */
  readonly sockets: number;
  readonly seed: number;
  /** Called after about every hundredth of the way, with the frames sent so far. */
  readonly onProgress: (sent: number) => Promise<void>;
}

/** Frames that one socket sends at most before another one takes its place. */
const FRAMES_PER_SOCKET = 1100;

/** Frames between two looks whether the server still wants them. */
const FRAMES_AT_ONCE = 50;

/** One socket in so many speaks no WebSocket after the handshake. */
const RAW_EVERY = 10;

/** Resolves when all was sent. Rejects when the server cannot be reached, or when `onProgress` does. */
export async function attack(plan: AttackPlan): Promise<void> {
  const step = Math.ceil(plan.frames / 100);
  let sent = 0;
  let reported = 0;
  const take = (count: number): number => {
    const taken = Math.min(count, plan.frames - sent);
    sent += taken;
    return taken;
  };
  const attacker = async (number: number): Promise<void> => {
    const random = seededRandom(plan.seed * 1000 + number);
    for (let turn = number; sent < plan.frames; turn += 1) {
      if (turn % RAW_EVERY === 0) await sendNoise(plan.port, random);
      else await sendFrames(plan, random, take);
      if (number !== 0 || sent < reported + step) continue;
      reported = sent;
      await plan.onProgress(sent);
    }
  };
  await Promise.all(Array.from({ length: plan.sockets }, (_, number) => attacker(number)));
}

/** One socket's frames, until it has sent enough or is closed. */
async function sendFrames(plan: AttackPlan, random: Random, take: (count: number) => number): Promise<void> {
  const socket = new WebSocket(`ws://127.0.0.1:${plan.port}/signal`);
  socket.on('error', () => {});
  const closed = event(socket, 'close');
  const isOpen = await Promise.race([event(socket, 'open').then(() => true), closed.then(() => false)]);
  if (!isOpen) throw new Error('The server does not take sockets any more.');
  const limit = randomBelow(random, FRAMES_PER_SOCKET);
  for (let sent = 0; sent < limit && socket.readyState === socket.OPEN; sent += FRAMES_AT_ONCE) {
    for (let index = take(FRAMES_AT_ONCE); index > 0; index -= 1) socket.send(makeFrame(random, plan.cast));
    const pong = event(socket, 'pong');
    socket.ping();
    await Promise.race([pong, closed]);
  }
  if (randomBelow(random, 2) === 0) socket.close();
  else socket.terminate();
  await closed;
}

/** Broken streams of frames, or bytes at chance, after a handshake that offers to compress; then a goodbye, or none. */
async function sendNoise(port: number, random: Random): Promise<void> {
  const stream = connect(port, '127.0.0.1');
  stream.on('error', () => {});
  const closed = event(stream, 'close');
  const head = ['GET /signal HTTP/1.1', 'Host: localhost', 'Connection: Upgrade', 'Upgrade: websocket'];
  const key = ['Sec-WebSocket-Version: 13', 'Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ=='];
  const extensions = 'Sec-WebSocket-Extensions: permessage-deflate; client_max_window_bits';
  stream.write(`${[...head, ...key, extensions].join('\r\n')}\r\n\r\n`);
  await Promise.race([event(stream, 'data'), closed]);
  stream.resume();
  const isNoise = randomBelow(random, 4) === 0;
  const pieces = isNoise ? [randomBytes(random, 2 + randomBelow(random, 2000))] : makeStream(random);
  for (const piece of pieces) stream.write(piece);
  if (randomBelow(random, 2) === 0) stream.end();
  else stream.destroy();
  await closed;
}

/** Resolves when it happens; unlike `once` of Node, an error in between changes nothing. */
function event(emitter: EventEmitter, name: string): Promise<void> {
  return new Promise((resolve) => emitter.once(name, () => resolve()));
}
