/**
 * What the person who runs the server may choose: one table of environment variables. Reading them, the sentence about a
 * wrong value, the type of the result and the table in README.md (by its test) follow from it; a new variable is one line.
 */
import { type Malformed, isMalformed, malformed } from '../shared/wire/malformed.ts';
import { LIMIT_DEFAULTS } from './limits.ts';
import {
  type Environment,
  LISTENING_ADDRESS,
  NETWORK,
  ORIGIN,
  REDIS_ADDRESS,
  TURN_ADDRESS,
  type Variable,
  YES_OR_NO,
  listOf,
  oneOf,
  optional,
  shortText,
  valueOf,
  wholeNumber,
} from './variable.ts';

const PORT = wholeNumber(0, 65_535);
const COUNT = wholeNumber(1, 1_000_000_000);
/** What the protocol itself bounds may be less, and not more. */
const upTo = (max: number) => wholeNumber(1, max);
const PATH = optional(shortText(4096));

/* oxfmt-ignore */
export const VARIABLES = {
  port: { name: 'PORT', default: '8080', kind: PORT, meaning: 'the port of page and signalling; 0 takes a free one' },
  host: { name: 'HOST', default: '0.0.0.0', kind: LISTENING_ADDRESS, meaning: 'the address to listen on; `127.0.0.1` behind a proxy, so that nobody gets around it' },
  tlsCert: { name: 'TLS_CERT', default: '', kind: PATH, meaning: 'a file with the certificate and its chain (PEM), for https without a proxy' },
  tlsKey: { name: 'TLS_KEY', default: '', kind: PATH, meaning: 'a file with the key of the certificate (PEM)' },
  trustProxy: { name: 'TRUST_PROXY', default: '', kind: listOf(NETWORK), meaning: 'the proxies whose `X-Forwarded-For` counts: addresses, networks, or `loopback`, `linklocal`, `uniquelocal`, with commas between' },
  allowedOrigins: { name: 'ALLOWED_ORIGINS', default: '', kind: listOf(ORIGIN), meaning: 'the origins whose pages may use the signalling, with commas between; empty allows all' },
  stunPort: { name: 'STUN_PORT', default: '3478', kind: PORT, meaning: 'the UDP port on which tabs ask for their public address (STUN); 0 switches it off' },
  turnUrls: { name: 'TURN_URLS', default: '', kind: listOf(TURN_ADDRESS), meaning: 'relays for tabs that cannot connect directly, like `turn:turn.example.org:3478`, with commas between' },
  turnSecret: { name: 'TURN_SECRET', default: '', kind: optional(shortText(1024)), isSecret: true, meaning: 'what the relays and this server share (coturn: `static-auth-secret`)' },
  redisUrls: { name: 'REDIS_URL', default: '', kind: listOf(REDIS_ADDRESS), isSecret: true, meaning: 'the Redis or Valkey that several servers share, like `redis://localhost:6379`; two or more of a Redis Cluster, with commas between; empty keeps all in memory' },
  messageBytesMax: { name: 'MESSAGE_BYTES', default: LIMIT_DEFAULTS.messageBytes, unit: 'bytes', kind: upTo(LIMIT_DEFAULTS.messageBytes), meaning: 'the longest message of a client' },
  messagesPerSecond: { name: 'MESSAGES_PER_SECOND', default: LIMIT_DEFAULTS.messagesPerSecond, kind: COUNT, meaning: 'how many messages one client may send in the long run' },
  socketsPerAddressMax: { name: 'SOCKETS_PER_ADDRESS', default: LIMIT_DEFAULTS.socketsPerAddress, kind: COUNT, meaning: 'how many tabs may come from one address: a whole school may share one' },
  swarmsPerSocketMax: { name: 'SWARMS_PER_SOCKET', default: LIMIT_DEFAULTS.swarmsPerSocket, kind: COUNT, meaning: 'how many files one tab may share or receive at once' },
  peersPerSwarmMax: { name: 'PEERS_PER_SWARM', default: LIMIT_DEFAULTS.peersPerSwarm, kind: COUNT, meaning: 'how many tabs may share one file' },
  offersPerAnnounceMax: { name: 'OFFERS_PER_ANNOUNCE', default: LIMIT_DEFAULTS.offersPerAnnounce, kind: upTo(LIMIT_DEFAULTS.offersPerAnnounce), meaning: 'how many offers of one announce are passed on' },
  sdpBytesMax: { name: 'SDP_BYTES', default: LIMIT_DEFAULTS.sdpBytes, unit: 'bytes', kind: upTo(LIMIT_DEFAULTS.sdpBytes), meaning: 'the longest session description that is passed on' },
  memoryMib: { name: 'MEMORY_MIB', default: LIMIT_DEFAULTS.memoryMib, unit: 'MiB', kind: COUNT, meaning: 'the memory from which on new clients are turned away' },
  blockedHashesFile: { name: 'BLOCKED_HASHES_FILE', default: '', kind: PATH, meaning: 'a file of info hashes, one on a line, that are not served; read again when it changes' },
  logLevel: { name: 'LOG_LEVEL', default: 'info', kind: oneOf('fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'), meaning: 'the least that is logged' },
  logAddresses: { name: 'LOG_ADDRESSES', default: 'no', kind: YES_OR_NO, meaning: 'whether the log names the addresses of clients' },
} as const satisfies Record<string, Variable<unknown>>;

export type Config = {
  readonly [Field in keyof typeof VARIABLES]: (typeof VARIABLES)[Field] extends Variable<infer Value> ? Value : never;
};

/** The choices, or the sentence that says which one is wrong. */
export function readConfig(environment: Environment): Config | Malformed {
  const values: Record<string, unknown> = {};
  for (const [field, variable] of Object.entries<Variable<unknown>>(VARIABLES)) {
    const value = valueOf(variable, environment);
    if (isMalformed(value)) return value;
    values[field] = value;
  }
  const config = values as Config;
  const contradiction = contradictionIn(config);
  return contradiction === null ? config : malformed(contradiction);
}

/** What is right by itself, and wrong together. */
function contradictionIn({ tlsCert, tlsKey, turnUrls, turnSecret }: Config): string | null {
  if ((tlsCert === null) !== (tlsKey === null)) return 'TLS_CERT and TLS_KEY must be set together.';
  if (turnUrls.length > 0 !== (turnSecret !== null)) return 'TURN_URLS and TURN_SECRET must be set together.';
  return null;
}
