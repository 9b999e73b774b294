/** What `GET /ice` answers: the servers that help a tab to connect to others. JSON; read with distrust, like all that comes in. */
import { type Malformed, malformed } from './malformed.ts';

/** As `RTCPeerConnection` takes it in its configuration. */
export interface IceServer {
  readonly urls: readonly string[];
  readonly username?: string;
  readonly credential?: string;
}

export interface IceAnswer {
  readonly iceServers: readonly IceServer[];
  /** After this the credentials are refused. */
  readonly lifetimeSeconds: number;
}

/** Longest answer that is read, in characters: eight servers need two thousand. */
export const ICE_CHARS_MAX = 16 * 1024;

/** Most servers, and most addresses of one: each makes every connection slower to gather. */
const SERVERS_MAX = 8;

/** By RFC 7064 and 7065. A browser throws at what it cannot read. */
const ADDRESS = /^(stun|turn)s?:[\w.:[\]-]{1,255}(\?transport=(udp|tcp))?$/i;

export function decodeIceAnswer(text: string): IceAnswer | Malformed {
  const answer = text.length <= ICE_CHARS_MAX ? parse(text) : null;
  if (!isRecord(answer)) return malformed('It is no object.');
  const { iceServers, lifetimeSeconds } = answer;
  if (typeof lifetimeSeconds !== 'number' || !(lifetimeSeconds > 0)) return malformed('It has no lifetime.');
  if (!Array.isArray(iceServers) || iceServers.length > SERVERS_MAX) return malformed('It has no list of servers.');
  const servers = iceServers.map(readServer);
  return servers.every((server) => server !== null)
    ? { iceServers: servers, lifetimeSeconds }
    : malformed('One of its servers is none.');
}

function readServer(value: unknown): IceServer | null {
  if (!isRecord(value)) return null;
  const { urls, username, credential } = value;
  const areUrls = Array.isArray(urls) && urls.length > 0 && urls.length <= SERVERS_MAX && urls.every(isAddress);
  if (!areUrls) return null;
  if (username === undefined && credential === undefined) return { urls };
  return typeof username === 'string' && typeof credential === 'string' ? { urls, username, credential } : null;
}

function isAddress(value: unknown): value is string {
  return typeof value === 'string' && ADDRESS.test(value);
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
