/** How long a person waits for the first sign of life: from opening the link to the first piece that is here and right. */
import { MEGABYTE } from '../../files.ts';
import { arrivals } from '../arrivals.ts';
import { TABSWARM } from '../contenders.ts';
import { type Row, median } from '../row.ts';
import { type Stage, watchedTab } from '../stage.ts';

const BYTES = 20 * MEGABYTE;
const ROUNDS = 5;

/** Nobody passes a link on sooner; by then the sharer is at hand, and has copied the file. */
const PASSING_ON_MS = 5000;

export const firstChunk: Row = {
  name: 'first-chunk',
  shows: 'link opened → first chunk verified',
  minutesMax: 3,
  measure: async (stage) => {
    const times: number[] = [];
    for (let round = 0; round < ROUNDS; round += 1) times.push(await once(stage));
    const seconds = median(times) / 1000;
    return [
      {
        what: firstChunk.shows,
        ours: `${seconds.toFixed(2)} s`,
        against: '',
        value: seconds,
        limit: { kind: 'at most', must: 0.6, aim: 0.35 },
      },
    ];
  },
};

async function once(stage: Stage): Promise<number> {
  const browser = await stage.browser();
  const { origin } = stage.server;
  const link = await TABSWARM.share(await watchedTab(browser), origin, await stage.file(BYTES));
  await new Promise((resolve) => setTimeout(resolve, PASSING_ON_MS));
  const tab = await watchedTab(browser);
  await TABSWARM.join(tab, origin, link);
  await TABSWARM.complete(tab, 30_000);
  const { firstHaveMs } = await arrivals(tab);
  await stage.closeBrowsers();
  return firstHaveMs;
}
