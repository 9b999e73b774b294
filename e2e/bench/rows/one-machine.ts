/** One seed and several tabs of one machine, where all share its processor: what the tabs get together. */
import { MEGABYTE } from '../../files.ts';
import { type Limit, type Row, inMegabytes, median } from '../row.ts';
import { crowdRate, rawRate } from '../transfer.ts';

const ROUNDS = 3;
const RAW_BYTES = 100 * MEGABYTE;

export const oneToFour = row('one-to-four', {
  receivers: 4,
  megabytes: 50,
  limit: { kind: 'at least', must: 0.8, aim: 0.9 },
});

export const oneToTen = row('one-to-ten', {
  receivers: 10,
  megabytes: 20,
  limit: { kind: 'at least', must: 0.7, aim: 0.85 },
});

function row(
  name: string,
  { receivers, megabytes, limit }: { readonly receivers: number; readonly megabytes: number; readonly limit: Limit },
): Row {
  const shows = `1 → ${receivers}, ${megabytes} MB, all tabs together`;
  const measure: Row['measure'] = async (stage) => {
    const [raw, ours]: number[][] = [[], []];
    for (let round = 0; round < ROUNDS; round += 1) {
      raw.push(await rawRate(stage, RAW_BYTES), await rawRate(stage, RAW_BYTES));
      ours.push(await crowdRate(stage, { bytes: megabytes * MEGABYTE, receivers }));
    }
    const [rate, rawMedian] = [median(ours), median(raw)];
    return [
      {
        what: shows,
        ours: inMegabytes(rate),
        against: `raw channel ${inMegabytes(rawMedian)}`,
        value: rate / rawMedian,
        limit,
      },
    ];
  };
  return { name, shows, minutesMax: 4, measure };
}
