/** What two tabs of this browser can carry at all, whatever they say to each other, in several ways; and the stock client beside it. */
import { MEGABYTE } from '../../files.ts';
import { webTorrent } from '../contenders.ts';
import { type RawWay, USUAL_WAY } from '../raw-channel.ts';
import { type Row, inMegabytes, median } from '../row.ts';
import { rawRate, transferRate } from '../transfer.ts';

const BYTES = 100 * MEGABYTE;
const ROUNDS = 3;

const WAYS: Readonly<Record<string, RawWay>> = {
  'messages of 64 KiB': USUAL_WAY,
  'messages of 16 KiB': { ...USUAL_WAY, messageBytes: 16 * 1024 },
  'messages of 256 KiB': { ...USUAL_WAY, messageBytes: 256 * 1024 },
  'out of order': { ...USUAL_WAY, isOrdered: false },
  'two connections': { ...USUAL_WAY, connections: 2 },
};

export const rawWays: Row = {
  name: 'raw-ways',
  shows: 'a bare channel, 100 MB, two tabs',
  minutesMax: 8,
  measure: async (stage) => {
    const names = Object.keys(WAYS);
    const rates = new Map<string, number[]>(names.map((name) => [name, []]));
    const stock: number[] = [];
    for (let round = 0; round < ROUNDS; round += 1) {
      for (const name of names) rates.get(name)!.push(await rawRate(stage, BYTES, WAYS[name]));
      stock.push(await transferRate(stage, webTorrent('sequential'), BYTES));
    }
    return names.map((name) => ({
      what: `${rawWays.shows}, ${name}`,
      ours: inMegabytes(median(rates.get(name)!)),
      against: `WebTorrent ${inMegabytes(median(stock))}`,
      value: median(rates.get(name)!) / median(stock),
      limit: null,
    }));
  },
};
