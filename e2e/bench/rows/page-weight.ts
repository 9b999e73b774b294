/** What a first load costs: all JavaScript and CSS of the share page and of the receive page. */
import { MEGABYTE } from '../../files.ts';
import { PAGE_BYTES_MAX, weigh } from '../../page-weight.ts';
import { TABSWARM } from '../contenders.ts';
import type { Row } from '../row.ts';
import { watchedTab } from '../stage.ts';

export const pageWeight: Row = {
  name: 'page-weight',
  shows: 'JavaScript and CSS at first load, gzip, in kB',
  minutesMax: 1,
  measure: async (stage) => {
    const [sharer, receiver] = [await watchedTab(await stage.browser()), await watchedTab(await stage.browser())];
    const weights = [weigh(sharer), weigh(receiver)];
    const { origin } = stage.server;
    await TABSWARM.join(receiver, origin, await TABSWARM.share(sharer, origin, await stage.file(MEGABYTE)));
    await TABSWARM.complete(receiver, 30_000);
    const [shared, received] = await Promise.all(weights.map((weight) => weight()));
    return [
      {
        what: pageWeight.shows,
        ours: `${kilobytes(shared)} sharing, ${kilobytes(received)} receiving`,
        against: '',
        value: Math.max(shared, received) / 1000,
        limit: { kind: 'at most', must: PAGE_BYTES_MAX / 1000, aim: 60 },
      },
    ];
  },
};

const kilobytes = (bytes: number): string => `${(bytes / 1000).toFixed(1)} kB`;
