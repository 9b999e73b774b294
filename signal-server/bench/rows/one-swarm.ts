/** Whether a swarm of 20,000 answers as fast as one of 50: each peer is in one of either kind, and announces in turn. */
import { Contender } from '../contender.ts';
import { announce, isResponse } from '../frames.ts';
import { MeasuredServer } from '../measured-server.ts';
import { type Result, type Row, SWARM, affordableSockets, quantile } from '../row.ts';

const CLIENTS = affordableSockets(20_000);
const SMALL_SWARMS = CLIENTS / SWARM;
const LARGE_SWARM = SMALL_SWARMS;
const NEIGHBOURS = 50;
const SAMPLES = 4000;

export const oneSwarm: Row = {
  name: 'one-swarm',
  work: `a swarm of ${CLIENTS}: announce p99`,
  measure: async (): Promise<Result> => {
    const contender = await Contender.start(MeasuredServer.ours(), CLIENTS);
    const swarmOf = (client: number, isLarge: boolean): number => (isLarge ? LARGE_SWARM : client % SMALL_SWARMS);
    for (const isLarge of [false, true]) {
      const frameOf = (client: number): string => announce(swarmOf(client, isLarge), client);
      await contender.run({ times: 1, atOnce: 200, frameOf, isDone: isResponse });
    }
    const [small, large]: [number[], number[]] = [[], []];
    for (let sample = 0; sample < 2 * SAMPLES; sample += 1) {
      const isLarge = sample % 2 === 1;
      const client = (sample * 7919) % CLIENTS;
      const text = announce(swarmOf(client, isLarge), client, { turn: 1, neighbours: NEIGHBOURS });
      (isLarge ? large : small).push(await roundTripMs(contender, client, text));
    }
    await contender.stop();
    const [smallP99, largeP99] = [quantile(small, 0.99), quantile(large, 0.99)];
    return {
      against: 'a swarm of 50, same server',
      ours: `${largeP99.toFixed(2)} ms`,
      theirs: `${smallP99.toFixed(2)} ms`,
      ratio: largeP99 / smallP99,
      mustReach: '≤ 2',
      isReached: largeP99 / smallP99 <= 2,
    };
  },
};

function roundTripMs({ crowd }: Contender, client: number, text: string): Promise<number> {
  return new Promise((resolve) => {
    const begun = performance.now();
    crowd.onFrame = () => resolve(performance.now() - begun);
    crowd.send(client, text);
  });
}
