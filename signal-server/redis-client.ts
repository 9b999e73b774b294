/** Clients of the `redis` package, for one Redis or for a cluster of them, which know the same commands. */
import { createClient, createCluster, defineScript } from 'redis';

import { type Millis, seconds } from '../shared/base/time.ts';
import swarmSteps from './swarm-steps.lua?raw';

/** How long a connection may take to be made. */
const CONNECT_MAX_MS = seconds(3);

/** First wait before another attempt to connect; it doubles up to the last. */
const RETRY_FIRST_MS = 50;
const RETRY_LAST_MS = seconds(1);

/** Commands on their way to Redis, at most: beyond, it is too slow to be of use, and memory would fill. */
const COMMANDS_WAITING_MAX = 50_000;

/** What this server says to Redis. */
export interface RedisCommands {
  /** A step of `swarm-steps.lua`: the shard's key, the step's name, its arguments. */
  readonly step: (shard: string, words: readonly string[]) => Promise<unknown>;
  readonly get: (key: string) => Promise<string | null>;
  readonly set: (
    key: string,
    value: string,
    options: { readonly expiration: { readonly type: 'EX'; readonly value: number } },
  ) => Promise<unknown>;
  readonly del: (key: string) => Promise<number>;
  readonly exists: (key: string) => Promise<number>;
  readonly zCard: (key: string) => Promise<number>;
  readonly sPublish: (channel: string, word: string) => Promise<number>;
  readonly sSubscribe: (channel: string, onWord: (word: string) => void) => Promise<unknown>;
}

/** One client. It makes lost connections anew by itself, once it was connected. */
export interface RedisClient {
  readonly commands: RedisCommands;
  readonly isReady: boolean;
  /** Connects, unless it tries to already; told of by `onReady`, which comes again after a lost connection of one Redis. */
  readonly open: () => void;
  /** Ends its connections; what waits for an answer fails. */
  readonly close: () => void;
  /** Asks all that belong to it; resolves with what the clock shows that all nodes share, and rejects when one does not answer. */
  readonly look: () => Promise<Millis>;
}

export interface RedisClientEvents {
  readonly onReady: () => void;
  readonly onError: (cause: unknown) => void;
}

/** Of one Redis, or of the cluster to which several addresses belong. */
export function makeRedisClient(urls: readonly string[], events: RedisClientEvents): RedisClient {
  return urls.length === 1 ? clientOfOne(urls[0], events) : clientOfCluster(urls, events);
}

const step = defineScript({
  SCRIPT: swarmSteps,
  NUMBER_OF_KEYS: 1,
  parseCommand: (parser, shard: string, words: readonly string[]) => {
    parser.pushKey(shard);
    parser.push(...words);
  },
  transformReply: (reply: unknown) => reply,
});

const SETTINGS = {
  disableOfflineQueue: true,
  commandsQueueMaxLength: COMMANDS_WAITING_MAX,
  socket: {
    connectTimeout: CONNECT_MAX_MS,
    reconnectStrategy: (retries: number): Millis =>
      Math.min(RETRY_LAST_MS, RETRY_FIRST_MS * 2 ** Math.min(retries, 10)),
  },
};

/** In a cluster, the clock of the one that has this key: as good as any other, so long as it is the same for all nodes. */
const CLOCK_KEY = 'tabswarm:{00}';

async function readClock(commands: RedisCommands): Promise<Millis> {
  const [wholeSeconds, micros] = (await commands.step(CLOCK_KEY, ['clock'])) as [string, string];
  return seconds(Number(wholeSeconds)) + Number(micros) / 1000;
}

function clientOfOne(url: string, { onReady, onError }: RedisClientEvents): RedisClient {
  const client = createClient({ ...SETTINGS, url, scripts: { step } })
    .on('error', onError)
    .on('ready', onReady);
  return {
    commands: client,
    get isReady() {
      return client.isReady;
    },
    open: () => {
      // Fails only when it is closed before it was open: it tries again by itself.
      if (!client.isOpen) client.connect().catch(() => {});
    },
    close: () => {
      if (client.isOpen) client.destroy();
    },
    look: () => readClock(client),
  };
}

/**
 * A master that is away takes its shards with it, and with the settings that Redis comes with the whole cluster refuses then: so
 * all must answer a look.
 */
function clientOfCluster(urls: readonly string[], { onReady, onError }: RedisClientEvents): RedisClient {
  const { username, password, protocol } = new URL(urls[0]);
  const cluster = createCluster({
    rootNodes: urls.map((url) => ({ url, socket: { connectTimeout: CONNECT_MAX_MS } })),
    defaults: {
      ...SETTINGS,
      ...(username !== '' && { username: decodeURIComponent(username) }),
      ...(password !== '' && { password: decodeURIComponent(password) }),
      socket: protocol === 'rediss:' ? { ...SETTINGS.socket, tls: true as const } : SETTINGS.socket,
    },
    scripts: { step },
  });
  cluster.on('error', onError).on('connect', onReady);
  return {
    commands: cluster,
    get isReady() {
      return cluster.isReady;
    },
    open: () => {
      if (!cluster.isOpen) cluster.connect().catch(onError);
    },
    close: () => {
      if (cluster.isOpen) cluster.destroy();
    },
    look: async () => {
      await Promise.all(cluster.masters.map(async (master) => (await cluster.nodeClient(master)).ping()));
      return readClock(cluster);
    },
  };
}
