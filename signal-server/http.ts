/** What the server answers over HTTP: the page, how it can connect, and whether the server is well. */
import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';

import sirv from 'sirv';

import type { IceAnswer } from '../shared/wire/ice-answer.ts';
import type { Metrics } from './metrics.ts';
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
  /** What helps a page that was opened at this host to connect. */
  readonly iceFor: (host: string) => IceAnswer;
  readonly metrics: Metrics;
  readonly report: (error: unknown) => void;
}

/**
 * The page may load and run only what this server gives. It connects to
 * other trackers and to web seeds, wherever they are, when the link that a person opened names them. The frame is the one
 * in which a download begins.
 */
const CONTENT_SECURITY_POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "font-src 'self'",
  "img-src 'self' data: blob:",
  "media-src 'self' blob:",
  "manifest-src 'self'",
  "connect-src 'self' ws: wss: http: https:",
  "worker-src 'self'",
  "frame-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

const SECURITY_HEADERS = {
  'Cross-Origin-Resource-Policy': 'same-origin',
  'Referrer-Policy': 'no-referrer',
  'X-Content-Type-Options': 'nosniff',
  'X-Frame-Options': 'DENY',
} as const;

/** A year, in seconds: the name of an asset changes with its content. */
const IMMUTABLE = 'public, max-age=31536000, immutable';

/** Answers every request of an HTTP server that is no upgrade. */
export function makePage({ webFolder, report, ...parts }: PageParts): RequestListener {
  const serveFile = sirv(webFolder, { etag: true, brotli: true, gzip: true });

  /** What is answered besides files. */
  const answers: ReadonlyMap<string, (request: IncomingMessage, response: ServerResponse) => Promise<void> | void> =
    new Map([
      ['/healthz', async (_, response) => sendJson(response, await parts.readHealth())],
      ['/ice', ({ headers }, response) => sendJson(response, parts.iceFor(headers.host ?? ''))],
      ['/metrics', async (_, response) => send(response, 200, await parts.metrics.read(), parts.metrics.contentType)],
      [SIGNAL_PATH, (_, response) => refuseWithoutUpgrade(response)],
    ]);

  const respond = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    for (const [name, value] of Object.entries(SECURITY_HEADERS)) response.setHeader(name, value);
    response.setHeader('Content-Security-Policy', CONTENT_SECURITY_POLICY);
    const path = request.url?.split('?', 1)[0] ?? '';
    const answer = answers.get(path);
    if (request.method !== 'GET' && request.method !== 'HEAD') {
      response.setHeader('Allow', 'GET, HEAD');
      end(response, 405, 'Only GET and HEAD are answered here.');
    } else if (answer !== undefined) {
      await answer(request, response);
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

function refuseWithoutUpgrade(response: ServerResponse): void {
  response.setHeader('Upgrade', 'websocket');
  end(response, 426, 'This is the address of the WebSocket.');
}

function end(response: ServerResponse, status: number, sentence: string): void {
  send(response, status, `${sentence}\n`, 'text/plain; charset=utf-8');
}

function sendJson(response: ServerResponse, value: Health | IceAnswer): void {
  send(response, 200, `${JSON.stringify(value)}\n`, 'application/json');
}

function send(response: ServerResponse, status: number, content: string, type: string): void {
  response.writeHead(status, { 'Cache-Control': 'no-store', 'Content-Type': type });
  response.end(content);
}
