/** What `GET /ice` tells a page: the servers that help its tab to connect to others, and for how long that is true. */
import { createHmac } from 'node:crypto';

import { minutes } from '../shared/base/time.ts';
import type { IceAnswer, IceServer } from '../shared/wire/ice-answer.ts';
import { isPublicHost } from './client-address.ts';

export interface IceParts {
  readonly turnUrls: readonly string[];
  readonly turnSecret: string | null;
  /** Where our STUN server listens; null when it does not. */
  readonly stunPort: number | null;
}

export interface IceQuestion {
  /** The value of the header `Host`: where the page was opened. */
  readonly host: string;
  /** Seconds since 1970. */
  readonly nowSeconds: number;
  /** Tells the users of a relay apart, so that its quotas hold for each. */
  readonly user: string;
}

/** How long credentials hold: a tab that shares for a day asks again meanwhile. */
const LIFETIME_SECONDS = minutes(24 * 60) / 1000;

/**
 * Our own STUN is named only to pages that were opened over the internet: in one network nobody needs it, and by a name such as
 * `localhost` nobody reaches it. A relay is named to everybody.
 */
export function iceFor({ turnUrls, turnSecret, stunPort }: IceParts, { host, ...question }: IceQuestion): IceAnswer {
  const name = hostName(host);
  const stun = stunPort !== null && name !== null && isPublicHost(name.replaceAll(/[[\]]/g, ''));
  return {
    iceServers: [
      ...(stun ? [{ urls: [`stun:${name}:${stunPort}`] }] : []),
      ...(turnSecret === null ? [] : [{ urls: turnUrls, ...turnCredentials(turnSecret, question) }]),
    ],
    lifetimeSeconds: LIFETIME_SECONDS,
  };
}

/**
 * A user name that says until when it holds, and its HMAC-SHA1 as the password: what coturn's `use-auth-secret` checks
 * (draft-uberti-behave-turn-rest-00, section 2.2).
 */
function turnCredentials(
  secret: string,
  { nowSeconds, user }: Omit<IceQuestion, 'host'>,
): Required<Pick<IceServer, 'username' | 'credential'>> {
  const username = `${nowSeconds + LIFETIME_SECONDS}:${user}`;
  return { username, credential: createHmac('sha1', secret).update(username).digest('base64') };
}

/** Without the port, IPv6 in brackets; null for what is no host. */
export function hostName(host: string): string | null {
  if (!/^[\w.:[\]-]{1,255}$/.test(host) || !URL.canParse(`http://${host}`)) return null;
  return new URL(`http://${host}`).hostname;
}
