/**
 * `npm run fuzz:server`: a million broken frames against the built server in a process of its own, as many against the rules
 * alone, and a tenth of that broken streams against the reader of frames, with `ws` beside it. Fails when the server ends, reports a fault, grows, forgets to forget, or lets an honest pair down.
 */
import { parseArgs } from 'node:util';

import { attack } from './attack.ts';
import { fuzzFraming } from './framing.ts';
import { HonestPair } from './honest-pair.ts';
import { CAST } from './frames.ts';
import { Prey } from './prey.ts';
import { fuzzRules } from './rules.ts';

/** Sockets of the attack at once. */
const SOCKETS = 24;

/** After this share of the frames, all that the server ever needs is warm: from here to the end it may not grow. */
const WARM_SHARE = 0.3;

/** What lives in its memory at the end, over what lived when it was warm. Some bytes a frame that stayed would be more. */
const GROWTH_MAX = 1.2;

await main();

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: { frames: { type: 'string', default: '1000000' }, seed: { type: 'string', default: '1' } },
  });
  const [frames, seed] = [Number(values.frames), Number(values.seed)];
  const server = new Prey();
  try {
    await hunt(server, frames, seed);
  } finally {
    await server.stop();
  }
  print(await fuzzRules({ frames, seed, cast: CAST }));
  print(fuzzFraming({ streams: frames / 10, seed }));
}

async function hunt(server: Prey, frames: number, seed: number): Promise<void> {
  const port = await server.start();
  const pair = await HonestPair.open(`ws://127.0.0.1:${port}/signal`, CAST.infoHashes[0], [
    CAST.peerIds[0],
    CAST.peerIds[1],
  ]);
  const startedAt = performance.now();
  let warmBytes = 0;
  const onProgress = async (sent: number): Promise<void> => {
    await pair.announce();
    await pair.meet();
    if (warmBytes === 0 && sent >= WARM_SHARE * frames) warmBytes = await server.liveBytes();
    server.check();
  };
  await attack({ port, cast: CAST, frames, sockets: SOCKETS, seed, onProgress });
  await pair.announce();
  await pair.meet();
  const [tookMs, endBytes] = [performance.now() - startedAt, await server.liveBytes()];
  const left = await server.health();
  pair.close();
  server.check();
  print(
    `${frames} frames in ${Math.round(tookMs / 1000)} s, seed ${seed}; the honest pair met ${pair.meetings} times.`,
  );
  print(`Alive: ${mib(warmBytes)} MiB when warm, ${mib(endBytes)} MiB at the end; left: ${JSON.stringify(left)}.`);
  if (endBytes > GROWTH_MAX * warmBytes) throw new Error('The server has grown.');
  if (left.sockets !== 2 || left.peers !== 2) throw new Error('The server has not forgotten who left.');
}

function mib(bytes: number): string {
  return (bytes / 1024 / 1024).toFixed(1);
}

function print(line: string): void {
  process.stdout.write(`${line}\n`);
}
