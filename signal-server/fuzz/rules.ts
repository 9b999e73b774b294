/** Broken frames against codec and rules alone, without sockets: nothing throws, and all is forgotten in the end. */
import { randomBelow, randomPick, seededRandom } from '../../shared/base/random.ts';
import { isMalformed } from '../../shared/wire/malformed.ts';
import { decodeClientMessage, encodeServerMessage } from '../../shared/wire/signal-codec.ts';
import { TRACKER_LIMITS } from '../limits.ts';
import { LocalRelay } from '../local-relay.ts';
import { MemoryDirectory } from '../memory-directory.ts';
import { type SocketId, socketId } from '../relay.ts';
import { Tracker } from '../tracker.ts';
import { type Cast, makeFrame } from './frames.ts';

export interface RulesPlan {
  readonly frames: number;
  readonly seed: number;
  readonly cast: Cast;
}

const SOCKETS = 40;

/** One frame in so many is followed by a socket that closes and another one that opens. */
const REOPEN_EVERY = 50;

/** Gives a line about what happened. Rejects when a rule throws, or something is left over. */
export async function fuzzRules({ frames, seed, cast }: RulesPlan): Promise<string> {
  const random = seededRandom(seed);
  const directory = new MemoryDirectory(seededRandom(seed + 1));
  let secrets = 0;
  const tracker = new Tracker({
    directory,
    relay: new LocalRelay(),
    limits: TRACKER_LIMITS,
    isBlocked: (infoHash) => infoHash === cast.infoHashes.at(-1),
    newTrackerId: () => String((secrets += 1)).padStart(32, '0'),
  });
  const seen = { understood: 0, replies: 0, relayed: 0 };
  let now = 0;
  let opened = 0;
  const open = (): SocketId => {
    const id = socketId('fuzz', (opened += 1));
    tracker.open(id, (message) => (seen.relayed += Number(encodeServerMessage(message) !== '')), now);
    return id;
  };
  const sockets = Array.from({ length: SOCKETS }, open);
  for (let frame = 0; frame < frames; frame += 1) {
    now += randomBelow(random, 100);
    const text = makeFrame(random, cast);
    const message = typeof text === 'string' ? decodeClientMessage(text) : null;
    if (message !== null && !isMalformed(message)) {
      seen.understood += 1;
      const replies = await tracker.handle(randomPick(random, sockets), message, now);
      for (const reply of replies) seen.replies += Number(encodeServerMessage(reply) !== '');
    }
    if (frame % REOPEN_EVERY > 0) continue;
    const place = randomBelow(random, SOCKETS);
    await tracker.close(sockets[place]);
    sockets[place] = open();
    await tracker.sweep(now);
  }
  for (const socket of sockets) await tracker.close(socket);
  await tracker.sweep(now + TRACKER_LIMITS.offerLifetimeMs);
  const left = { ...(await directory.size()), ...tracker.load };
  if (Object.values(left).some((count) => count > 0)) throw new Error(`Left over: ${JSON.stringify(left)}`);
  if (Math.min(...Object.values(seen)) < frames / 1000) throw new Error(`Little happened: ${JSON.stringify(seen)}`);
  return `${frames} frames against the rules alone: ${JSON.stringify(seen)}, and nothing is left.`;
}
