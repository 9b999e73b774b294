/** One small story, for telling whether it goes the same way everywhere. */
import { play } from './play.ts';
import { UNVARIED, vary } from './scenario.ts';
import { flashCrowd } from './scenarios/flash-crowd.ts';

/** The hash of everything that engines ordered in a lossy crowd of ten. */
export async function hashOfStory(): Promise<string> {
  const scenario = vary(flashCrowd, { ...UNVARIED, peers: 10, fileBytes: 2 * 1024 * 1024, loss: 0.005 });
  const { world } = await play(scenario, { seed: 7 });
  return world.log.hash;
}
