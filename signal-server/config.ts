/** What the person who runs the server may choose, by environment variables. */
import { isIP } from 'node:net';

import { type Malformed, isMalformed, malformed } from '../shared/wire/malformed.ts';

export interface Config {
  /** `PORT`: where page and signalling are served; 0 takes a free one. */
  readonly port: number;
  /** `HOST`: the address to listen on; 0.0.0.0 is every IPv4 address of the machine. */
  readonly host: string;
}

type Environment = Readonly<Record<string, string | undefined>>;

const PORT_DEFAULT = 8080;
const PORT_MAX = 65_535;
const HOST_DEFAULT = '0.0.0.0';

/** Names of hosts by RFC 1123: labels of letters, digits and hyphens. */
const HOST_NAME = /^(?!-)[a-z0-9-]{1,63}(\.[a-z0-9-]{1,63})*$/i;

/** The choices, or the sentence that says which one is wrong. A variable that is empty is not set. */
export function readConfig(environment: Environment): Config | Malformed {
  const port = readPort(environment['PORT'] || String(PORT_DEFAULT));
  if (typeof port !== 'number') return port;
  const host = readHost(environment['HOST'] || HOST_DEFAULT);
  return isMalformed(host) ? host : { port, ...host };
}

function readPort(text: string): number | Malformed {
  const port = /^\d{1,5}$/.test(text) ? Number(text) : PORT_MAX + 1;
  return port <= PORT_MAX ? port : malformed(`PORT is "${text}", but must be a number from 0 to ${PORT_MAX}.`);
}

function readHost(text: string): { host: string } | Malformed {
  const isName = HOST_NAME.test(text) && !/^[\d.]+$/.test(text);
  return isIP(text) > 0 || isName
    ? { host: text }
    : malformed(`HOST is "${text}", but must be an address of this machine, like 0.0.0.0 or 127.0.0.1.`);
}
