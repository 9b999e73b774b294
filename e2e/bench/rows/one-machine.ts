/** One seed and several tabs of one machine, where all share its processor: what the tabs get together. */
import { MEGABYTE } from '../../files.ts';
import { type Limit, type Row, inMegabytes, inSeconds, median } from '../row.ts';
import { crowdRate, rawCrowdRate, rawRate } from '../transfer.ts';

const ROUNDS = 3;
/** A tab serves so many at once, and one more by luck. */
const CHANNELS = 4;

/** Of the timers that a tab could wait for, all but those of 50 ms take so long or longer. */
const UPKEEP_SECONDS = 1;

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
    const [raw, ours, waits, bare]: number[][] = [[], [], [], []];
    for (let round = 0; round < ROUNDS; round += 1) {
      raw.push(await rawRate(stage, RAW_BYTES), await rawRate(stage, RAW_BYTES));
      const { rate, waitSeconds } = await crowdRate(stage, { bytes: megabytes * MEGABYTE, receivers });
      ours.push(rate);
      waits.push(waitSeconds);
      bare.push(
        await rawCrowdRate(stage, { bytes: RAW_BYTES, tabs: receivers + 1, channels: Math.min(receivers, CHANNELS) }),
      );
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
      {
        what: `${shows}: as many tabs of bare channels, each sending to four`,
        ours: inMegabytes(rate),
        against: inMegabytes(median(bare)),
        value: rate / median(bare),
        limit: null,
      },
      {
        what: `${shows}: longest time without content in a tab that wants some, in seconds`,
        ours: inSeconds(Math.max(...waits)),
        against: '',
        value: Math.max(...waits),
        limit: { kind: 'at most', must: UPKEEP_SECONDS, aim: 0.5 },
      },
    ];
  };
  return { name, shows, minutesMax: 4, measure };
}
