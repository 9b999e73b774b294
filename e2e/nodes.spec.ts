/** Servers that stop, fall and share: tabs on several nodes are one swarm, and no transfer is lost with a server. */
import { TestRedis } from '../signal-server/redis.test-kit.ts';
import { Balancer } from './balancer.ts';
import { MEGABYTE } from './files.ts';
import { expect, expectComplete, expectSame, progress, share, test as base } from './fixtures.ts';
import { Server } from './server.ts';
import { setUplink } from './wire-tap.ts';

/** Two nodes on one Redis, and a balancer before them. */
const test = base.extend<{ redis: TestRedis; nodes: [Server, Server]; balancer: Balancer }>({
  redis: async ({}, use) => {
    const redis = await TestRedis.start();
    await use(redis);
    await redis.kill();
  },
  nodes: async ({ redis }, use) => {
    const nodes: [Server, Server] = [new Server({ REDIS_URL: redis.url }), new Server({ REDIS_URL: redis.url })];
    await Promise.all(nodes.map((node) => node.start()));
    await use(nodes);
    await Promise.all(nodes.map((node) => node.kill()));
  },
  balancer: async ({ nodes }, use) => {
    const balancer = await Balancer.start(nodes.map(({ port }) => port));
    await use(balancer);
    balancer.stop();
  },
});

base.describe.configure({ timeout: 120_000 });

/** How soon a swarm is whole again after a node or Redis was lost. */
const HEAL_MS = 30_000;

test('[T5] [T7] tabs on different nodes are one swarm, also after Redis was away and has forgotten everything', async ({
  redis,
  nodes,
  sample,
  tab,
  tabElsewhere,
}) => {
  const [one, two] = nodes;
  const file = await sample('two-nodes.bin', 2 * MEGABYTE);
  const link = await share(await tab(), one.origin, file);
  const elsewhere = (server: Server): string => link.replace(one.origin, server.origin);
  const receiver = await tab();
  await receiver.goto(elsewhere(two));
  await expectSame(receiver, file);

  await redis.kill();
  await redis.start();
  const newcomer = await tabElsewhere();
  await newcomer.goto(elsewhere(two));
  await expectComplete(newcomer, HEAL_MS);
});

test('[N6] [T9] a node is killed: transfers go on, its tabs return by the other one, and newcomers find them', async ({
  nodes,
  balancer,
  sample,
  tab,
  tabElsewhere,
}) => {
  const file = await sample('killed.bin', 12 * MEGABYTE);
  const sharer = await tab({ bytesPerSecond: 2 * MEGABYTE });
  const link = await share(sharer, balancer.origin, file);
  const receivers = [await tab(), await tabElsewhere()];
  for (const receiver of receivers) await receiver.goto(link);
  for (const receiver of receivers) {
    await expect.poll(() => progress(receiver), { intervals: [50] }).toBeGreaterThan(2);
  }
  await nodes[0].kill();
  await setUplink(sharer, 50 * MEGABYTE);
  for (const receiver of receivers) await expectComplete(receiver);
  const newcomer = await tabElsewhere();
  await newcomer.goto(link);
  await expect.poll(() => progress(newcomer), { timeout: HEAL_MS }).toBeGreaterThan(0);
  await expectComplete(newcomer, HEAL_MS);
});

test('[S11] a server restarts under load: no transfer is lost, tabs return when told, and the swarm is whole', async ({
  server,
  sample,
  tab,
  tabElsewhere,
}) => {
  const file = await sample('restart.bin', 16 * MEGABYTE);
  const link = await share(await tab({ bytesPerSecond: 3 * MEGABYTE }), server.origin, file);
  const receiver = await tab();
  await receiver.goto(link);
  await expect.poll(() => progress(receiver), { intervals: [50] }).toBeGreaterThan(5);

  const { code, tookMs } = await server.stop();
  expect(code).toBe(0);
  expect(tookMs).toBeLessThan(10_000);
  await server.start();
  const restartedAt = Date.now();
  const newcomer = await tabElsewhere();
  await newcomer.goto(link);
  await expect.poll(() => progress(newcomer), { timeout: HEAL_MS }).toBeGreaterThan(0);
  expect(Date.now() - restartedAt).toBeLessThan(HEAL_MS);
  await expectSame(receiver, file);
  await expectSame(newcomer, file);
});
