/** What the contract of transports leaves to each: how long connecting takes here, and what a crash is. */
import { expect, test } from 'vitest';
import { seededRandom } from '../base/random.ts';
import { seconds } from '../base/time.ts';
import type { TransportFact } from '../driver/ports.ts';
import type { LinkId } from '../engine/swarm-io.ts';
import { pieceIndex } from '../wire/ids.ts';
import type { PeerMessage } from '../wire/peer-message.ts';
import { Network } from './network.ts';
import type { Tamper } from './sim-link.ts';
import { Meetings, SimTransport } from './sim-transport.ts';
import { Timeline } from './timeline.ts';
import { newTraffic, type Traffic } from './traffic.ts';

const LINK = 1 as LinkId;
const HAVE: PeerMessage = { kind: 'have', piece: pieceIndex(1) };

interface End {
  readonly transport: SimTransport;
  readonly traffic: Traffic;
  readonly facts: { readonly at: number; readonly fact: TransportFact }[];
}

class Bench {
  readonly timeline = new Timeline();
  readonly #network = new Network(this.timeline.queue, seededRandom(1), {
    roundTrip: () => 100,
    loss: 0,
    uplinks: 'fair',
  });
  readonly #meetings = new Meetings();

  end(tamper: Tamper | null = null): End {
    const facts: End['facts'] = [];
    const traffic = newTraffic({ blockBytes: 0 });
    const host = this.#network.addHost({ up: 1_000_000, down: 1_000_000 });
    const report = (fact: TransportFact): void => void facts.push({ at: this.timeline.queue.now(), fact });
    const owner = { network: this.#network, host, report, tamper, traffic };
    return { transport: new SimTransport(owner, this.#meetings, this.timeline.answers), facts, traffic };
  }

  /** Runs all that happens in the next `span` milliseconds. */
  async pass(span: number): Promise<void> {
    const until = this.timeline.queue.now() + span;
    this.timeline.queue.at(until, () => undefined);
    await this.timeline.run(() => this.timeline.queue.now() >= until, until);
  }

  async connect(one: End, other: End): Promise<void> {
    let answer: string | null = null;
    void one.transport
      .dial(LINK)
      .then((offer) => other.transport.accept(LINK, offer))
      .then((sdp) => (answer = sdp));
    await this.pass(50);
    one.transport.complete(LINK, answer!);
    await this.pass(500);
  }
}

test('the channel opens 3.5 round trips after the answer, at the other end one way later', async () => {
  const bench = new Bench();
  const [one, other] = [bench.end(), bench.end()];
  await bench.connect(one, other);
  expect(one.facts).toEqual([{ at: 50 + 350, fact: { kind: 'link-opened', link: LINK } }]);
  expect(other.facts).toEqual([{ at: 50 + 350 + 50, fact: { kind: 'link-opened', link: LINK } }]);
});

test('a close is noticed one way later, a crash never', async () => {
  const bench = new Bench();
  const [one, other, closing, crashing] = [bench.end(), bench.end(), bench.end(), bench.end()];
  await bench.connect(one, closing);
  await bench.connect(other, crashing);
  closing.transport.close(LINK);
  crashing.transport.crash();
  const endedAt = bench.timeline.queue.now();
  await bench.pass(seconds(600));
  expect(one.facts.at(-1)).toMatchObject({ at: endedAt + 50, fact: { kind: 'link-closed' } });
  expect(other.facts.at(-1)?.fact.kind).toBe('link-opened');
});

test('whose partner vanishes before the channel opens is told in the end', async () => {
  const bench = new Bench();
  const [one, other] = [bench.end(), bench.end()];
  void one.transport.dial(LINK).then((offer) => other.transport.accept(LINK, offer));
  await bench.pass(50);
  one.transport.crash();
  await bench.pass(seconds(60));
  expect(one.facts).toEqual([]);
  expect(other.facts.map(({ fact }) => fact.kind)).toEqual(['link-closed']);
});

test('a tampering line changes and swallows messages, and the engine behind it does not notice', async () => {
  const bench = new Bench();
  const liar = bench.end((message) => {
    if (message.kind === 'have') return { kind: 'malformed', reason: 'rubbish' };
    return message.kind === 'piece' ? null : message;
  });
  const victim = bench.end();
  await bench.connect(liar, victim);
  liar.transport.send(LINK, HAVE);
  liar.transport.send(LINK, { kind: 'piece', piece: pieceIndex(0), offset: 0, data: { byteLength: 1000 } });
  liar.transport.send(LINK, { kind: 'choke' });
  await bench.pass(seconds(1));
  expect(victim.facts.slice(1).map(({ fact }) => fact)).toEqual([
    { kind: 'malformed-received', link: LINK, reason: 'rubbish' },
    { kind: 'message-received', link: LINK, message: { kind: 'choke' } },
  ]);
  expect(liar.facts.at(-1)?.fact).toEqual({ kind: 'blocks-sent', link: LINK, bytes: 1000 });
});

test('content and everything else are counted apart', async () => {
  const bench = new Bench();
  const [one, other] = [bench.end(), bench.end()];
  await bench.connect(one, other);
  one.transport.send(LINK, { kind: 'piece', piece: pieceIndex(0), offset: 0, data: { byteLength: 1000 } });
  one.transport.send(LINK, HAVE);
  await bench.pass(seconds(1));
  expect(one.traffic).toMatchObject({ sentBlockBytes: 1000, receivedBlockBytes: 0, controlBytes: 13 + 9 });
  expect(other.traffic).toMatchObject({ sentBlockBytes: 0, receivedBlockBytes: 1000, controlBytes: 0 });
});
