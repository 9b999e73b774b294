/** Stock announces with five offers, 2,000 sockets in swarms of 50: how many a CPU second carries, ours and `bittorrent-tracker`. */
import { Contender } from '../contender.ts';
import type { Load } from '../crowd.ts';
import { announce, isResponse } from '../frames.ts';
import { MeasuredServer } from '../measured-server.ts';
import { type Result, type Row, median } from '../row.ts';

const CLIENTS = 2000;
const SWARMS = CLIENTS / 50;
const OFFERS = 5;
const REPETITIONS = 3;

/** Announces of each client in a repetition; the first one fills the swarms. No peer is sent 200 offers, beyond which ours refuses. */
const TIMES = 8;

/** The same for the others that warm up. */
const WARM_UP_TIMES = 16;

/** What a round of others does, in swarms of their own. */
const loadOf = (round: number): Load => ({
  times: WARM_UP_TIMES,
  frameOf: (client, turn) =>
    announce(round * SWARMS + (client % SWARMS), round * CLIENTS + client, { turn, offers: OFFERS }),
  isDone: isResponse,
});

export const stockAnnounces: Row = {
  name: 'stock-announces',
  work: `stock announces with ${OFFERS} offers, ${CLIENTS} sockets, swarms of 50: per CPU second`,
  measure: async (): Promise<Result> => {
    const ours = await Contender.startWarm(MeasuredServer.ours(), CLIENTS, loadOf);
    const theirs = await Contender.startWarm(MeasuredServer.stock(), CLIENTS, loadOf);
    const [oursPerSecond, theirsPerSecond]: [number[], number[]] = [[], []];
    for (let repetition = 0; repetition <= REPETITIONS; repetition += 1) {
      oursPerSecond.push(await announceAll(ours, repetition));
      theirsPerSecond.push(await announceAll(theirs, repetition));
    }
    await Promise.all([ours.stop(), theirs.stop()]);
    const [mine, stock] = [median(oursPerSecond.slice(1)), median(theirsPerSecond.slice(1))];
    return {
      against: 'bittorrent-tracker 11',
      ours: mine.toFixed(0),
      theirs: stock.toFixed(0),
      ratio: mine / stock,
      mustReach: '≥ 2',
      isReached: mine / stock >= 2,
    };
  },
};

/** Announces per CPU second. In the first repetition swarms are empty at first, so that some offers find nobody. */
async function announceAll(contender: Contender, repetition: number): Promise<number> {
  const { done, frames, perCpuSecond } = await contender.run({
    times: TIMES,
    frameOf: (client, turn) => announce(client % SWARMS, client, { turn: repetition * TIMES + turn, offers: OFFERS }),
    isDone: isResponse,
  });
  // The last offers may still be on their way when the last response comes.
  if (repetition > 0 && frames < done * (1 + OFFERS) * 0.99)
    throw new Error(`Only ${frames} frames for ${done} announces.`);
  return perCpuSecond;
}
