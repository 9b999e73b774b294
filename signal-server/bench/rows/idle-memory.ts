/** What a peer costs that has announced and is silent, at 20,000 sockets: resident memory, ours and `bittorrent-tracker`. */
import { Contender } from '../contender.ts';
import { announce, isResponse } from '../frames.ts';
import { MeasuredServer } from '../measured-server.ts';
import { type Result, type Row, SWARM, affordableSockets, wait } from '../row.ts';

const CLIENTS = affordableSockets(20_000);
const SWARMS = CLIENTS / SWARM;

/** For what is left of the handshakes to be collected: V8 does so by itself some ten to twenty seconds after a rush. */
const SETTLE_MS = 30_000;

/** For a server that has just started to be done with that. */
const START_MS = 5000;

export const idleMemory: Row = {
  name: 'idle-memory',
  work: `memory of an idle peer at ${CLIENTS} sockets`,
  measure: async (): Promise<Result> => {
    const ours = await bytesPerPeer(MeasuredServer.ours());
    const theirs = await bytesPerPeer(MeasuredServer.stock());
    return {
      against: 'bittorrent-tracker 11',
      ours: `${(ours / 1024).toFixed(1)} KiB`,
      theirs: `${(theirs / 1024).toFixed(1)} KiB`,
      ratio: ours / theirs,
      mustReach: '≤ 0.7',
      isReached: ours / theirs <= 0.7,
    };
  },
};

async function bytesPerPeer(starting: Promise<MeasuredServer>): Promise<number> {
  const server = await starting;
  await wait(START_MS);
  const empty = server.residentBytes();
  const contender = await Contender.start(Promise.resolve(server), CLIENTS);
  const frameOf = (client: number): string => announce(client % SWARMS, client);
  await contender.run({ times: 1, atOnce: 200, frameOf, isDone: isResponse });
  await wait(SETTLE_MS);
  const full = server.residentBytes();
  await contender.stop();
  return (full - empty) / CLIENTS;
}
