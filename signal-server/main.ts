/** The program: reads the configuration, starts the server, says where it is, and stops it when asked. */
import { existsSync } from 'node:fs';
import { networkInterfaces } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

import { isMalformed } from '../shared/wire/malformed.ts';
import { addresses, banner } from './banner.ts';
import { type Config, readConfig } from './config.ts';
import { type Log, openLog } from './log.ts';
import { type Service, startService } from './service.ts';

/** Exit codes: the machine refused, or the configuration is wrong. */
const EXIT_CANNOT_START = 1;
const EXIT_MISCONFIGURED = 2;

/** The page, seen from `dist/server`. */
const WEB_FOLDER = join(dirname(fileURLToPath(import.meta.url)), '..', 'web');

await main();

async function main(): Promise<void> {
  const config = readConfig(process.env);
  if (isMalformed(config)) return quit(EXIT_MISCONFIGURED, config.reason);
  if (!existsSync(join(WEB_FOLDER, 'index.html'))) {
    return quit(EXIT_CANNOT_START, 'The page is not built: run "npm run build" first.');
  }
  const log = openLog(config);
  const service = await startService({ config, webFolder: WEB_FOLDER, log }).catch((error: unknown) =>
    quit(EXIT_CANNOT_START, whyNotStarted(error, config)),
  );
  log.info({ port: service.port }, 'Started.');
  const reachable = addresses({ ...config, port: service.port }, networkInterfaces());
  process.stdout.write(`${banner(reachable, process.stdout.isTTY)}\n`);
  if (config.stunPort !== (service.stunPort ?? 0)) {
    process.stdout.write(
      `UDP port ${config.stunPort} cannot be had, so no STUN is answered; STUN_PORT chooses another.\n`,
    );
  }
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void stop(service, log));
}

/** A service that is asked to stop ends well within the ten seconds that systemd and Docker give it, or is ended here. */
const STOP_MS_MAX = 9000;

async function stop(service: Service, log: Log): Promise<void> {
  log.info({ sockets: service.signal.sockets }, 'Stopping: clients are told when to come back.');
  setTimeout(() => process.exit(0), STOP_MS_MAX).unref();
  await service.close().catch((error: unknown) => log.error({ err: error }, 'Stopped with a fault.'));
  log.info('Stopped.');
  process.exit(0);
}

/** What to do about an error of `listen`, as one sentence. */
function whyNotStarted(error: unknown, { host, port }: Config): string {
  const code = error instanceof Error && 'code' in error ? error.code : null;
  switch (code) {
    case 'EADDRINUSE':
      return `Port ${port} is in use: stop the program that uses it, or choose another port, like PORT=${otherPort(port)} npm start.`;
    case 'EACCES':
      return `Port ${port} may not be used by this account: choose one above 1023, like PORT=8080 npm start.`;
    case 'EADDRNOTAVAIL':
    case 'ENOTFOUND':
      return `HOST is "${host}", which is no address of this machine: leave it out, or choose 0.0.0.0 or 127.0.0.1.`;
    default:
      return `The server cannot start: ${error instanceof Error ? error.message : String(error)}`;
  }
}

function otherPort(port: number): number {
  return port < 65_535 ? port + 1 : 8080;
}

function quit(code: number, sentence: string): never {
  process.stderr.write(`${sentence}\n`);
  process.exit(code);
}
