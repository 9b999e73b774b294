/** The engine in small worlds: everybody finishes, whatever happens to some. */
import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { seconds } from '../base/time.ts';
import { bytesContent } from './bytes-content.ts';
import { World } from './world.ts';

const sha1 = (bytes: Uint8Array): Uint8Array => createHash('sha1').update(bytes).digest();
const MB = 1000 * 1000;

test('one seed and twenty newcomers finish, and every byte is right', async () => {
  const content = bytesContent({ length: 2 * MB, seed: 1, sha1 });
  const world = new World({ seed: 1, content, checksInvariants: true });
  const seed = world.join({ host: world.addHost({ up: MB, down: 4 * MB }), has: 'everything' });
  for (let newcomer = 0; newcomer < 20; newcomer += 1) world.join({ host: world.addHost({ up: MB, down: 4 * MB }) });
  await world.run(seconds(120));
  expect(world.milestones).toHaveLength(20);
});
