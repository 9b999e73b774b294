/** A server that is told to stop under thousands of sockets, and the next one at its port: who is told, and when all are back. */
import { readRetryText } from '../../../shared/wire/signal-retry.ts';
import { Crowd } from '../crowd.ts';
import { announce, isResponse } from '../frames.ts';
import { MeasuredServer } from '../measured-server.ts';
import { type Result, type Row, SWARM, affordableSockets, wait } from '../row.ts';

const CLIENTS = affordableSockets(10_000);
const SWARMS = CLIENTS / SWARM;

const STOP_SECONDS_MAX = 10;
const BACK_SECONDS_MAX = 30;

/** By RFC 6455 and IANA: the service restarts. */
const SERVICE_RESTART = 1012;

export const restart: Row = {
  name: 'restart',
  work: `SIGTERM under ${CLIENTS} sockets, and a new process: stopped, all in their swarms again`,
  measure: async (): Promise<Result> => {
    const first = await MeasuredServer.ours();
    const crowd = await Crowd.open([first.url], CLIENTS);
    const frameOf = (client: number): string => announce(client % SWARMS, client);
    await crowd.exchange({ times: 1, atOnce: 200, frameOf, isDone: isResponse });

    const begun = performance.now();
    const secondsSince = (): number => (performance.now() - begun) / 1000;
    const farewells = crowd.farewells();
    const exitCode = await first.terminate();
    const stopSeconds = secondsSince();
    const told = await farewells;
    const retries = told.map(({ code, text }) => (code === SERVICE_RESTART ? readRetryText(text) : null));
    const second = await MeasuredServer.ours({ PORT: first.port });
    let incomplete = 0;
    const comeBack = async (client: number): Promise<void> => {
      await wait((retries[client] ?? 0) - (performance.now() - told[client].at));
      const reply = await crowd.reopen(client, second.url, frameOf(client));
      incomplete += Number(/"incomplete":(\d+)/.exec(reply.toString())?.[1] === String(SWARM));
    };
    await Promise.all(retries.map((_, client) => comeBack(client)));
    const backSeconds = secondsSince();
    crowd.close();
    await second.stop();
    const untold = retries.filter((retry) => retry === null).length;
    const isWhole = incomplete === SWARMS;
    return {
      against: `${untold} not told, exit code ${exitCode}, ${incomplete} of ${SWARMS} swarms whole`,
      ours: `${stopSeconds.toFixed(1)} s, ${backSeconds.toFixed(1)} s`,
      theirs: '–',
      ratio: null,
      mustReach: `${STOP_SECONDS_MAX} s, ${BACK_SECONDS_MAX} s`,
      isReached:
        untold === 0 && exitCode === 0 && isWhole && stopSeconds <= STOP_SECONDS_MAX && backSeconds <= BACK_SECONDS_MAX,
    };
  },
};
