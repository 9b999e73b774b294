/** Our own join (50 neighbours, no offers) and directed offers, against the least that a WebSocket server in Node.js can do. */
import { Contender, type Cost } from '../contender.ts';
import type { Load } from '../crowd.ts';
import { announce, isOffer, isResponse, offer } from '../frames.ts';
import { MeasuredServer } from '../measured-server.ts';
import { type Result, type Row, median } from '../row.ts';

const CLIENTS = 2000;
const SWARMS = CLIENTS / 50;
const NEIGHBOURS = 50;
const REPETITIONS = 9;
const TIMES = 10;
const WARM_UP_TIMES = 30;

const whateverComes = (): boolean => true;

/** A load of ours, by its repetition, and whose it is: the crowd that is measured, or one of those that warm up. */
type LoadOf = (repetition: number, crowd?: number) => Load;

const join: LoadOf = (repetition, crowd = 0) => ({
  times: TIMES,
  frameOf: (client, turn) =>
    announce(crowd * SWARMS + (client % SWARMS), crowd * CLIENTS + client, {
      turn: repetition * TIMES + turn,
      neighbours: NEIGHBOURS,
    }),
  isDone: isResponse,
});

/** To the next one in the same swarm, and another one each time. */
const relay: LoadOf = (repetition) => ({
  times: TIMES,
  frameOf: (client, turn) => {
    const step = repetition * TIMES + turn;
    return offer(client % SWARMS, client, { client: (client + SWARMS * (1 + (step % 40))) % CLIENTS, turn: step });
  },
  isDone: isOffer,
});

/** Joins of others, whatever is measured. */
const warmUp = (round: number): Load => ({ ...join(0, round), times: WARM_UP_TIMES });

export const joins: Row = rowOf(
  'joins',
  `our join with ${NEIGHBOURS} neighbours, ${CLIENTS} sockets: per CPU second`,
  join,
);
export const relays: Row = rowOf('relays', `directed offers, ${CLIENTS} sockets: per CPU second`, relay);

function rowOf(name: string, work: string, loadOf: LoadOf): Row {
  return {
    name,
    work,
    measure: async (): Promise<Result> => {
      const ours = await Contender.startWarm(MeasuredServer.ours(), CLIENTS, warmUp);
      await ours.run(join(0));
      const warm = await ours.run(loadOf(1));
      const echoing = MeasuredServer.echo(Math.round(warm.bytes / warm.frames));
      const echo = await Contender.startWarm(echoing, CLIENTS, (round) => ({
        ...warmUp(round),
        isDone: whateverComes,
      }));
      await echo.run({ ...loadOf(1), isDone: whateverComes });
      const [oursPerSecond, echoPerSecond]: [number[], number[]] = [[], []];
      for (let repetition = 2; repetition < 2 + REPETITIONS; repetition += 1) {
        oursPerSecond.push(perSecond(await ours.run(loadOf(repetition))));
        echoPerSecond.push(perSecond(await echo.run({ ...loadOf(repetition), isDone: whateverComes })));
      }
      await Promise.all([ours.stop(), echo.stop()]);
      const ratio = median(oursPerSecond) / median(echoPerSecond);
      return {
        against: 'ws alone, parsing and sending as many bytes',
        ours: median(oursPerSecond).toFixed(0),
        theirs: median(echoPerSecond).toFixed(0),
        ratio,
        mustReach: '≥ 0.5',
        isReached: ratio >= 0.5,
      };
    },
  };
}

const perSecond = ({ perCpuSecond }: Cost): number => perCpuSecond;
