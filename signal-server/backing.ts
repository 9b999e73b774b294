/** What stands behind the rules: a directory and a relay in memory, or those that many nodes share over Redis. */
import type { Random } from '../shared/base/random.ts';
import type { Millis } from '../shared/base/time.ts';
import type { Directory } from './directory.ts';
import { LocalRelay } from './local-relay.ts';
import { MemoryDirectory } from './memory-directory.ts';
import { NodeLink } from './node-link.ts';
import { RedisConnection, type RedisEvents } from './redis-connection.ts';
import { RedisDirectory } from './redis-directory.ts';
import { RedisRelay } from './redis-relay.ts';
import type { Relay } from './relay.ts';
import { ShelteredDirectory } from './sheltered-directory.ts';

export interface Backing {
  readonly directory: Directory;
  readonly relay: Relay;
  /** Ends it; what its sockets announced must have left before. */
  readonly close: () => Promise<void>;
}

export interface BackingParts extends RedisEvents {
  /** Where Redis is, or several of its cluster; none for a server of one node. */
  readonly redisUrls: readonly string[];
  /** The name of this node, never used twice. */
  readonly nodeName: string;
  readonly random: Random;
  readonly now: () => Millis;
}

/** Resolves at once: a node whose Redis is not there yet begins with what it knows itself, like one that has lost it. */
export function openBacking(parts: BackingParts): Backing {
  const own = new MemoryDirectory(parts.random);
  return parts.redisUrls.length === 0
    ? { directory: own, relay: new LocalRelay(), close: async () => {} }
    : openShared(parts, own);
}

function openShared(parts: BackingParts, own: MemoryDirectory): Backing {
  const redis: RedisConnection = new RedisConnection(parts.redisUrls, parts.now, {
    onBack: () => {
      nodes.live();
      void directory.restore();
      parts.onBack();
    },
    onAway: parts.onAway,
  });
  const nodes = new NodeLink(redis, parts.nodeName);
  const directory = new ShelteredDirectory(new RedisDirectory(redis, parts.random), own);
  const relay = new RedisRelay(nodes, parts.now);
  relay.open();
  return {
    directory,
    relay,
    close: async () => {
      await nodes.close();
      redis.close();
    },
  };
}
