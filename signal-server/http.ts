/** What the server answers over plain HTTP: the page, and whether it is well. */
import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';

import sirv from 'sirv';

import { SIGNAL_PATH } from './server.ts';

/** What `GET /healthz` tells. */
export interface Health {
  readonly status: 'ok';
  readonly swarms: number;
  readonly peers: number;
  readonly sockets: number;
  readonly uptimeSeconds: number;
}

export interface PageParts {
  /** The built page: `index.html`, and `assets/` with a hash in every name. Read once, so it must be there. */
  readonly webFolder: string;
  readonly readHealth: () => Promise<Health>;
  readonly report: (error: unknown) => void;
}

/**
 * The page may load and run only what this server gives; WebAssembly is for hashing. A socket to one's own origin needs
 * its scheme named, since not every browser counts `ws:` as 'self'. The frame is the one in which a download begins.
 */
const CONTENT_SECURITY_POLICY = [
  "default-src 'none'",
  "script-src 'self' 'wasm-unsafe-eval'",
  "style-src 'self'",
  "font-src 'self'",
  "img-src 'self' data: blob:",
  "media-src 'self' blob:",
  "manifest-src 'self'",
  "connect-src 'self' ws: wss:",
  "worker-src 'self' blob:",
  "frame-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

const SECURITY_HEADERS = {
  'Content-Security-Policy': CONTENT_SECURITY_POLICY,
  'Cross-Origin-Resource-Policy': 'same-origin',
  'Referrer-Policy': 'no-referrer',
  'X-Content-Type-Options': 'nosniff',
  'X-Frame-Options': 'DENY',
} as const;

/** A year, in seconds: the name of an asset changes with its content. */
const IMMUTABLE = 'public, max-age=31536000, immutable';

/** Answers every request of an HTTP server that is no upgrade. */
export function makePage({ webFolder, readHealth, report }: PageParts): RequestListener {
  const serveFile = sirv(webFolder, { etag: true });

  const respond = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    for (const [name, value] of Object.entries(SECURITY_HEADERS)) response.setHeader(name, value);
    const path = request.url?.split('?', 1)[0] ?? '';
    if (request.method !== 'GET' && request.method !== 'HEAD') {
      response.setHeader('Allow', 'GET, HEAD');
      end(response, 405, 'Only GET and HEAD are answered here.');
    } else if (path === '/healthz') {
      sendJson(response, await readHealth());
    } else if (path === SIGNAL_PATH) {
      response.setHeader('Upgrade', 'websocket');
      end(response, 426, 'This is the address of the WebSocket.');
    } else {
      shieldFromReading(request, response);
      response.setHeader('Cache-Control', path.startsWith('/assets/') ? IMMUTABLE : 'no-cache');
      serveFile(request, response, () => end(response, 404, 'There is nothing here.'));
    }
  };

  return (request, response) => {
    respond(request, response).catch((error: unknown) => {
      report(error);
      if (response.headersSent) response.destroy();
      else end(response, 500, 'The server could not answer.');
    });
  };
}

/**
 * sirv throws at ranges like `bytes=5-2`, and leaves errors of the file stream to crash the process (a file that a new
 * build has removed). The page needs no ranges, and a broken file ends its response.
 */
function shieldFromReading(request: IncomingMessage, response: ServerResponse): void {
  delete request.headers.range;
  response.once('pipe', (file) => file.once('error', () => response.destroy()));
}

function end(response: ServerResponse, status: number, sentence: string): void {
  response.writeHead(status, { 'Cache-Control': 'no-store', 'Content-Type': 'text/plain; charset=utf-8' });
  response.end(`${sentence}\n`);
}

function sendJson(response: ServerResponse, value: Health): void {
  response.writeHead(200, { 'Cache-Control': 'no-store', 'Content-Type': 'application/json' });
  response.end(`${JSON.stringify(value)}\n`);
}
