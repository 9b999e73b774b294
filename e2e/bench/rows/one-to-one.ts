/** Two tabs and one connection: what the browser can carry, and what a swarm makes of it, between browsers and in one. */
import { MEGABYTE } from '../../files.ts';
import { TABSWARM, TABSWARM_IN_ONE_BROWSER, webTorrent } from '../contenders.ts';
import { type Finding, type Row, inMegabytes, median } from '../row.ts';
import { rawRate, transferRate } from '../transfer.ts';

const BYTES = 100 * MEGABYTE;
const ROUNDS = 3;

export const oneToOne: Row = {
  name: 'one-to-one',
  shows: '1 → 1, 100 MB, two tabs',
  minutesMax: 4,
  measure: async (stage) => {
    const [raw, ours, here, stock]: number[][] = [[], [], [], []];
    for (let round = 0; round < ROUNDS; round += 1) {
      raw.push(await rawRate(stage, BYTES));
      ours.push(await transferRate(stage, TABSWARM, BYTES));
      here.push(await transferRate(stage, TABSWARM_IN_ONE_BROWSER, BYTES));
      // Its rate varies by half from pass to pass.
      raw.push(await rawRate(stage, BYTES));
      stock.push(await transferRate(stage, webTorrent('sequential'), BYTES));
    }
    return [
      ...[
        [`${oneToOne.shows}, in one browser`, median(here)] as const,
        [`${oneToOne.shows}, as between browsers`, median(ours)] as const,
      ].flatMap(([what, rate]): Finding[] => [
        {
          what,
          ours: inMegabytes(rate),
          against: `raw channel ${inMegabytes(median(raw))}`,
          value: rate / median(raw),
          limit: { kind: 'at least', must: 0.85, aim: 0.95 },
        },
        {
          what,
          ours: inMegabytes(rate),
          against: `WebTorrent ${inMegabytes(median(stock))}`,
          value: rate / median(stock),
          limit: { kind: 'at least', must: 1.6, aim: 2 },
        },
      ]),
      {
        what: `${oneToOne.shows}: what there is to gain`,
        ours: `raw channel ${inMegabytes(median(raw))}`,
        against: `WebTorrent ${inMegabytes(median(stock))}`,
        value: median(raw) / median(stock),
        limit: null,
      },
    ];
  },
};
