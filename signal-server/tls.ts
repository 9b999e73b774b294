/** TLS without a proxy: the certificate and its key from files, read again when one of them changes. */
import { readFileSync, unwatchFile, watchFile } from 'node:fs';
import { type Server, createServer } from 'node:https';
import { createSecureContext } from 'node:tls';

import { type Millis, seconds } from '../shared/base/time.ts';

export interface TlsFiles {
  /** The certificate and its chain, PEM. */
  readonly cert: string;
  /** PEM. */
  readonly key: string;
}

/** Time between two looks at the files; by name, since programs that renew certificates replace files and links. */
const LOOK_INTERVAL_MS = seconds(10);

/** Throws an Error for a person when a file cannot be read, or the two do not belong together. */
export function createTlsServer(
  files: TlsFiles,
  {
    report,
    lookIntervalMs = LOOK_INTERVAL_MS,
  }: {
    readonly report: (error: unknown) => void;
    readonly lookIntervalMs?: Millis;
  },
): Server {
  const server = createServer(readPair(files));
  const renew = (): void => {
    try {
      server.setSecureContext(readPair(files));
    } catch (error) {
      // One of the two may not be there yet; until then, the old ones hold.
      report(error);
    }
  };
  const paths = [files.cert, files.key];
  for (const path of paths) watchFile(path, { interval: lookIntervalMs, persistent: false }, renew);
  server.once('close', () => paths.forEach((path) => unwatchFile(path, renew)));
  return server;
}

function readPair({ cert, key }: TlsFiles): { readonly cert: Buffer; readonly key: Buffer } {
  try {
    const pair = { cert: readFileSync(cert), key: readFileSync(key) };
    createSecureContext(pair);
    return pair;
  } catch (error) {
    throw new Error(`TLS_CERT and TLS_KEY cannot be used: ${error instanceof Error ? error.message : String(error)}`, {
      cause: error,
    });
  }
}
