/** The simulated adapters keep the same contracts as the real ones. */
import { seededRandom } from '../base/random.ts';
import { chunkStoreContract } from '../driver/chunk-store.contract.ts';
import { clockContract } from '../driver/clock.contract.ts';
import { peerTransportContract, type TransportWorld } from '../driver/peer-transport.contract.ts';
import type { ChunkStore, PeerTransport, TransportFact } from '../driver/ports.ts';
import { signalLinkContract, type SignalWorld } from '../driver/signal-link.contract.ts';
import { parseInfoHash } from '../wire/ids.ts';
import type { Length } from './lengths-content.ts';
import { MemoryStore } from './memory-store.ts';
import { Network } from './network.ts';
import { SimClock } from './sim-clock.ts';
import { WORLD } from './place-queue.ts';
import { SimSignalLink } from './sim-signal-link.ts';
import { Meetings, SimTransport } from './sim-transport.ts';
import { Timeline } from './timeline.ts';
import { newTraffic } from './traffic.ts';

/** Longer than anything in a contract takes, in milliseconds. */
const DEADLINE = 600_000;

const untilOf =
  (timeline: Timeline) =>
  (condition: () => boolean): Promise<void> =>
    timeline.run(condition, DEADLINE);

clockContract('sim clock', () => {
  const timeline = new Timeline();
  return { clock: new SimClock(timeline.queue), until: untilOf(timeline) };
});

peerTransportContract('sim transport', (): TransportWorld => {
  const timeline = new Timeline();
  const network = new Network(timeline.queue, seededRandom(1), { roundTrip: () => 50, loss: 0.01, uplinks: 'fair' });
  const meetings = new Meetings();
  const transport = (report: (fact: TransportFact) => void): PeerTransport => {
    const host = network.addHost({ up: 1_000_000, down: 1_000_000 });
    const traffic = newTraffic({ blockBytes: 0 });
    return new SimTransport({ network, host, report, tamper: null, traffic }, meetings, timeline.answers);
  };
  return {
    pair: (one, other) => [transport(one), transport(other)],
    block: (byteLength) => ({ byteLength }),
    until: untilOf(timeline),
  };
});

signalLinkContract('sim signal link', (): SignalWorld => {
  const timeline = new Timeline();
  type Reaction = (link: SimSignalLink, uploaded: number) => void;
  const to =
    (isUp: boolean, react: Reaction): SignalWorld['toAnswering'] =>
    (report) => {
      const link: SimSignalLink = new SimSignalLink({
        queue: timeline.queue,
        place: WORLD,
        oneWayMs: 25,
        report,
        isUp: () => isUp,
        onOpen: () => undefined,
        onMessage: (message) => {
          if (message.kind === 'announce') react(link, message.uploaded);
        },
        onEnd: () => undefined,
      });
      return link;
    };
  const answer: Reaction = (link, complete) => {
    const infoHash = parseInfoHash('a'.repeat(40))!;
    const counts = { complete, incomplete: 0 };
    link.deliver({ kind: 'announced', infoHash, intervalSeconds: 120, ...counts, neighbours: null, trackerId: null });
  };
  const hangUp: Reaction = (link) => link.drop('The server hung up.');
  return {
    toAnswering: to(true, answer),
    toHangingUp: to(true, hangUp),
    toNobody: to(false, answer),
    until: untilOf(timeline),
  };
});

chunkStoreContract<Length & { readonly seed: number }>('memory store', {
  open: () => Promise.resolve(selfDriven(new Timeline())),
  chunk: (byteLength, seed) => ({ byteLength, seed, isFalse: false }),
  isSame: (a, b) => a.byteLength === b.byteLength && a.seed === b.seed,
});

/** A store whose time goes on by itself, since this contract waits for nothing else. */
function selfDriven<Chunk extends Length>(timeline: Timeline): ChunkStore<Chunk> {
  const { put, get, remove } = new MemoryStore<Chunk>(timeline.answers);
  const driven = <T>(answer: Promise<T>): Promise<T> => {
    queueMicrotask(() => {
      while (timeline.queue.size > 0) timeline.queue.step();
    });
    return answer;
  };
  return {
    put: (piece, chunk) => driven(put(piece, chunk)),
    get: (piece) => driven(get(piece)),
    remove: (piece) => driven(remove(piece)),
  };
}
