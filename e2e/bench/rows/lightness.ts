/** What the page asks of a slow processor until it can be used, and of this one while it shows a full swarm. */
import { openGallery } from '../../gallery/gallery-server.ts';
import { USABLE, longTasks, showCrowd, timeToUse } from '../../lightness.ts';
import { type Finding, type Row, inSeconds, median } from '../row.ts';
import type { Stage } from '../stage.ts';

const SLOWDOWN = 4;
const VISITS = 5;
const CROWD_SECONDS = 10;

export const lightness: Row = {
  name: 'lightness',
  shows: `First load on a processor slowed ${SLOWDOWN} times, until it can be used; longest task with 60 people and 40,000 pieces, in ms`,
  minutesMax: 3,
  measure: async (stage) => [
    await opening(stage, 'first page', stage.server.origin, USABLE.home),
    await opening(stage, 'page of a link', `${stage.server.origin}/#${'ab'.repeat(20)}`, USABLE.link),
    await crowd(stage),
  ],
};

async function opening(stage: Stage, what: string, address: string, usable: string): Promise<Finding> {
  const times: number[] = [];
  for (let visit = 0; visit < VISITS; visit += 1) {
    const browser = await stage.browser();
    times.push((await timeToUse(await browser.newPage(), address, usable, SLOWDOWN)) / 1000);
    await stage.closeBrowsers();
  }
  const value = median(times);
  const limit = { kind: 'at most', must: 1, aim: 0.5 } as const;
  return { what: `usable, ${what}, ${SLOWDOWN} × slowed`, ours: inSeconds(value), against: '', value, limit };
}

async function crowd(stage: Stage): Promise<Finding> {
  const gallery = await openGallery();
  const page = await (await stage.browser()).newPage();
  await gallery.enter(page);
  await showCrowd(page);
  const tasks = await longTasks(page, CROWD_SECONDS);
  await gallery.close();
  const value = Math.max(0, ...tasks);
  const limit = { kind: 'at most', must: 50, aim: 50 } as const;
  const ours = `${tasks.length} tasks above 50 ms in ${CROWD_SECONDS} s`;
  return { what: 'longest task, 60 people, 40,000 pieces', ours, against: '', value, limit };
}
