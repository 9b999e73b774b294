/** Lines, distances and windows: what the simulated network does to streams of blocks. */
import { expect, test } from 'vitest';
import { seededRandom } from '../base/random.ts';
import { seconds } from '../base/time.ts';
import { PACKET_BYTES } from './congestion-window.ts';
import { EventQueue } from './event-queue.ts';
import type { Flow } from './flow.ts';
import { type Host, Network, type UplinkKind } from './network.ts';

const KB = 1000;
const MB = 1000 * KB;
const BLOCK = 16_397;

/** A network, and senders that always have four blocks queued. */
class Bench {
  readonly queue = new EventQueue();
  readonly network: Network;

  constructor(options: { readonly roundTripMs: number; readonly loss?: number; readonly uplinks?: UplinkKind }) {
    const { roundTripMs, loss = 0, uplinks = 'fair' } = options;
    this.network = new Network(this.queue, seededRandom(1), { roundTrip: () => roundTripMs, loss, uplinks });
  }

  host(up: number, down = 100 * MB): Host {
    return this.network.addHost({ up, down });
  }

  /** A stream that never runs dry; counts what arrives. */
  stream(from: Host, to: Host): { bytes: number; readonly flow: Flow<number> } {
    const flow: Flow<number> = this.network.flow<number>(from, to, {
      onSent: (sent) => {
        for (let left = sent; left > 0; left -= BLOCK) flow.send(BLOCK, BLOCK, BLOCK);
      },
      onItem: (bytes) => (counter.bytes += bytes),
    });
    const counter = { bytes: 0, flow };
    for (let block = 0; block < 4; block += 1) flow.send(BLOCK, BLOCK, BLOCK);
    return counter;
  }

  runTo(time: number): void {
    while (this.queue.nextAt() <= time) this.queue.step();
  }
}

test('two streams share an uplink evenly and fill it', () => {
  const bench = new Bench({ roundTripMs: 10 });
  const from = bench.host(1 * MB);
  const streams = [bench.stream(from, bench.host(MB)), bench.stream(from, bench.host(MB))];
  bench.runTo(seconds(20));
  const [first, second] = streams.map((stream) => stream.bytes / 20);
  expect(first + second).toBeGreaterThan(0.98 * MB);
  expect(first + second).toBeLessThanOrEqual(1 * MB);
  expect(first / second).toBeCloseTo(1, 1);
});

test('what a slow receiver leaves of an uplink goes to the other stream', () => {
  const bench = new Bench({ roundTripMs: 10 });
  const from = bench.host(1 * MB);
  const slow = bench.stream(from, bench.host(MB, 200 * KB));
  const fast = bench.stream(from, bench.host(MB));
  bench.runTo(seconds(20));
  expect(slow.bytes / 20).toBeGreaterThan(170 * KB);
  expect(slow.bytes / 20).toBeLessThanOrEqual(200 * KB);
  expect(fast.bytes / 20).toBeGreaterThan(770 * KB);
});

test('four streams from four hosts share a downlink evenly and fill it', () => {
  const bench = new Bench({ roundTripMs: 10 });
  const to = bench.host(MB, 1 * MB);
  const streams = [1, 2, 3, 4].map((share) => bench.stream(bench.host(share * MB), to));
  bench.runTo(seconds(20));
  const rates = streams.map((stream) => stream.bytes / 20);
  const sum = rates.reduce((total, rate) => total + rate, 0);
  expect(sum).toBeGreaterThan(0.97 * MB);
  expect(sum).toBeLessThanOrEqual(1 * MB);
  for (const rate of rates) expect(Math.abs(rate - 0.25 * MB)).toBeLessThan(0.03 * MB);
});

test('a stream is held by its window first, which grows by one packet a round trip', () => {
  const bench = new Bench({ roundTripMs: 100 });
  const stream = bench.stream(bench.host(100 * MB), bench.host(MB));
  bench.runTo(1000);
  expect(stream.bytes).toBeGreaterThan(8 * 10 * PACKET_BYTES);
  expect(stream.bytes).toBeLessThan(10 * 20 * PACKET_BYTES);
  expect(stream.flow.windowBytes / PACKET_BYTES).toBeCloseTo(20, -0.5);
  bench.runTo(seconds(10));
  // engine.md's measurement: one MTU a round trip is 0.12 MB/s each second.
  expect(stream.flow.windowBytes / PACKET_BYTES).toBeGreaterThan(100);
  expect(stream.flow.windowBytes / PACKET_BYTES).toBeLessThanOrEqual(111);
});

test('a window does not grow beyond what the uplink lets it use', () => {
  const bench = new Bench({ roundTripMs: 50 });
  const stream = bench.stream(bench.host(400 * KB), bench.host(MB));
  bench.runTo(seconds(60));
  expect(stream.bytes / 60).toBeGreaterThan(390 * KB);
  expect(stream.flow.windowBytes).toBeLessThan(4 * 400 * 50);
});

test('a message takes its time on the line and half a round trip', () => {
  const bench = new Bench({ roundTripMs: 80 });
  const arrivals: number[] = [];
  const onItem = (): number => arrivals.push(bench.queue.now());
  const flow = bench.network.flow<string>(bench.host(1 * MB), bench.host(MB), { onSent: () => undefined, onItem });
  flow.send('block', 10 * KB, 10 * KB);
  bench.runTo(seconds(1));
  expect(arrivals).toEqual([10 + 40]);
});

test('messages arrive in order, small ones behind the blocks they were sent after', () => {
  const bench = new Bench({ roundTripMs: 30, loss: 0.02 });
  const items: number[] = [];
  const flow = bench.network.flow<number>(bench.host(200 * KB), bench.host(MB, 100 * KB), {
    onSent: () => undefined,
    onItem: (item) => items.push(item),
  });
  for (let item = 0; item < 300; item += 1) flow.send(item, item % 3 === 0 ? BLOCK : 17, item % 3 === 0 ? BLOCK : 0);
  bench.queue.at(seconds(300), () => [300, 301].forEach((item) => flow.send(item, 17, 0)));
  bench.runTo(seconds(400));
  expect(items).toEqual(Array.from({ length: 302 }, (_, index) => index));
});

test('a small message on an idle stream passes the blocks of others', () => {
  const bench = new Bench({ roundTripMs: 20 });
  const from = bench.host(100 * KB);
  bench.stream(from, bench.host(MB));
  const arrivals: number[] = [];
  const onItem = (): number => arrivals.push(bench.queue.now());
  const small = bench.network.flow<string>(from, bench.host(MB), { onSent: () => undefined, onItem });
  bench.queue.at(seconds(1), () => small.send('choke', 5, 0));
  bench.runTo(seconds(2));
  expect(arrivals).toEqual([1010]);
});

test('in a shared queue a small message waits behind all that the windows of others let go before it', () => {
  const bench = new Bench({ roundTripMs: 20, uplinks: 'shared-queue' });
  const from = bench.host(100 * KB);
  bench.stream(from, bench.host(MB));
  const arrivals: number[] = [];
  const onItem = (): number => arrivals.push(bench.queue.now());
  const small = bench.network.flow<string>(from, bench.host(MB), { onSent: () => undefined, onItem });
  bench.queue.at(seconds(5), () => small.send('choke', 5, 0));
  bench.runTo(seconds(8));
  // 12 kB of the other's first window at 100 kB/s, and what it grew by.
  expect(arrivals).toHaveLength(1);
  expect(arrivals[0]).toBeGreaterThan(5100);
  expect(arrivals[0]).toBeLessThan(7000);
});

test('streams fill a shared queue, and shrink their windows when it is full', () => {
  const bench = new Bench({ roundTripMs: 20, uplinks: 'shared-queue' });
  const from = bench.host(1 * MB);
  const streams = Array.from({ length: 8 }, () => bench.stream(from, bench.host(MB)));
  bench.runTo(seconds(120));
  const sum = (value: (stream: (typeof streams)[number]) => number): number =>
    streams.reduce((total, stream) => total + value(stream), 0);
  expect(sum(({ bytes }) => bytes / 120)).toBeGreaterThan(0.98 * MB);
  const windows = sum(({ flow }) => flow.windowBytes);
  expect(windows).toBeGreaterThan(100 * KB);
  expect(windows).toBeLessThan(250 * KB);
});

test('small messages spend the line too', () => {
  const bench = new Bench({ roundTripMs: 20 });
  const from = bench.host(100 * KB);
  const blocks = bench.stream(from, bench.host(MB));
  const small = bench.network.flow<string>(from, bench.host(MB), { onSent: () => undefined, onItem: () => undefined });
  for (let time = 0; time < 10_000; time += 10) bench.queue.at(time, () => small.send('have', 500, 0));
  bench.runTo(seconds(10));
  expect(blocks.bytes / 10).toBeGreaterThan(45 * KB);
  expect(blocks.bytes / 10).toBeLessThan(51 * KB);
});

test('content is reported as sent when 4 KiB or less stand before its end', () => {
  const bench = new Bench({ roundTripMs: 20 });
  const reports: { at: number; bytes: number }[] = [];
  const flow = bench.network.flow<string>(bench.host(16 * KB), bench.host(MB), {
    onSent: (bytes) => reports.push({ at: bench.queue.now(), bytes }),
    onItem: () => undefined,
  });
  for (let block = 0; block < 6; block += 1) flow.send('block', 16_384, 16_384);
  bench.runTo(seconds(0.7));
  expect(reports).toEqual([]);
  bench.runTo(seconds(1.6));
  expect(reports.map(({ bytes }) => bytes)).toEqual([16_384]);
  bench.runTo(seconds(10));
  expect(reports.reduce((sum, report) => sum + report.bytes, 0)).toBe(6 * 16_384);
  expect(reports.at(-1)!.at).toBeGreaterThan(1024);
});

test('losses halve the window and delay, but nothing is lost', () => {
  const run = (loss: number): number => {
    const bench = new Bench({ roundTripMs: 40, loss });
    const stream = bench.stream(bench.host(10 * MB), bench.host(MB));
    bench.runTo(seconds(30));
    return stream.bytes / 30;
  };
  const [clean, lossy] = [run(0), run(0.01)];
  expect(clean).toBeGreaterThan(2 * MB);
  // Mathis et al. 1997: about packet / round trip * 1.22 / sqrt(loss) = 363 kB/s.
  expect(lossy).toBeGreaterThan(150 * KB);
  expect(lossy).toBeLessThan(600 * KB);
});
