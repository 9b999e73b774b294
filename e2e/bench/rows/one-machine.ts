/**
 * One seed and several tabs of one machine, where all share its processor: what the tabs get together, as tabs of one browser and as if each were
 * in a browser of its own.
 */
import { MEGABYTE } from '../../files.ts';
import { TABSWARM, TABSWARM_IN_ONE_BROWSER } from '../contenders.ts';
import { type Finding, type Limit, type Row, inMegabytes, inSeconds, median } from '../row.ts';
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
    const [raw, ours, oursWaits, overNetwork, networkWaits, bare]: number[][] = [[], [], [], [], [], []];
    const crowdOf = { bytes: megabytes * MEGABYTE, receivers };
    for (let round = 0; round < ROUNDS; round += 1) {
      raw.push(await rawRate(stage, RAW_BYTES), await rawRate(stage, RAW_BYTES));
      for (const [contender, rates, waits] of [
        [TABSWARM_IN_ONE_BROWSER, ours, oursWaits],
        [TABSWARM, overNetwork, networkWaits],
      ] as const) {
        const { rate, waitSeconds } = await crowdRate(stage, { ...crowdOf, contender });
        rates.push(rate);
        waits.push(waitSeconds);
      }
      bare.push(
        await rawCrowdRate(stage, { bytes: RAW_BYTES, tabs: receivers + 1, channels: Math.min(receivers, CHANNELS) }),
      );
    }
    const [rate, networkRate, rawMedian] = [median(ours), median(overNetwork), median(raw)];
    const waiting = (way: string, waits: readonly number[]): Finding => ({
      what: `${shows}, ${way}: longest time without content in a tab that wants some, in seconds`,
      ours: inSeconds(Math.max(...waits)),
      against: '',
      value: Math.max(...waits),
      limit: { kind: 'at most', must: UPKEEP_SECONDS, aim: 0.5 },
    });
    return [
      {
        what: `${shows}, in one browser`,
        ours: inMegabytes(rate),
        against: `raw channel ${inMegabytes(rawMedian)}`,
        value: rate / rawMedian,
        limit,
      },
      {
        what: `${shows}, as between browsers`,
        ours: inMegabytes(networkRate),
        against: `raw channel ${inMegabytes(rawMedian)}`,
        value: networkRate / rawMedian,
        limit,
      },
      {
        what: `${shows}, as between browsers: as many tabs of bare channels, each sending to four`,
        ours: inMegabytes(networkRate),
        against: inMegabytes(median(bare)),
        value: networkRate / median(bare),
        limit: null,
      },
      waiting('in one browser', oursWaits),
      waiting('as between browsers', networkWaits),
    ];
  };
  return { name, shows, minutesMax: 15, measure };
}
