/**
 * A signal server for the adapter tests, started by vitest in Node: at `/answering` it answers announces as the contract
 * asks, at `/hanging-up` it closes on the first message, at `/restarting` it says when to come back, at `/babbling` it sends nonsense before it answers. Over HTTP it names
 * helping servers at `/ice`, counting how often, and answers badly elsewhere.
 */
import { type IncomingMessage, type ServerResponse, createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

import type { TestProject } from 'vitest/node';
import { type WebSocket, WebSocketServer } from 'ws';

import { isMalformed } from '../../shared/wire/malformed.ts';
import { decodeClientMessage, encodeServerMessage } from '../../shared/wire/signal-codec.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** Where the stand-in listens, without a path. */
    readonly standInUrl: string;
  }
}

/** Runs before the tests of the project; what it returns runs after them. */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  const http = createServer(answerHttp);
  const server = new WebSocketServer({ server: http });
  await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve));
  server.on('connection', (socket, { url }) => {
    socket.on('message', (data: Buffer) => {
      if (url === '/hanging-up') socket.close(1011);
      else if (url === '/restarting') socket.close(1012, 'retry in 7.25');
      else answer(socket, data.toString(), url === '/babbling');
    });
  });
  project.provide('standInUrl', `ws://127.0.0.1:${(http.address() as AddressInfo).port}`);
  return () =>
    new Promise((resolve) => {
      for (const socket of server.clients) socket.terminate();
      server.close();
      http.close(() => resolve());
      http.closeAllConnections();
    });
}

function answer(socket: WebSocket, frame: string, isBabbling: boolean): void {
  const message = decodeClientMessage(frame);
  if (isMalformed(message) || message.kind !== 'announce') return;
  if (isBabbling)
    for (const nonsense of ['', 'null', '{', '{"action":"announce"}', Buffer.alloc(9)]) socket.send(nonsense);
  const { infoHash, uploaded } = message;
  const counts = { complete: uploaded, incomplete: 0 };
  const answered = { kind: 'announced', infoHash, intervalSeconds: 120, neighbours: [], trackerId: null } as const;
  socket.send(encodeServerMessage({ ...answered, ...counts }));
}

let timesAsked = 0;

function answerHttp({ url }: IncomingMessage, response: ServerResponse): void {
  response.setHeader('Access-Control-Allow-Origin', '*');
  if (url === '/ice') {
    timesAsked += 1;
    const iceServers = [{ urls: ['turn:192.0.2.1:3478'], username: String(timesAsked), credential: 'a' }];
    response.end(JSON.stringify({ iceServers, lifetimeSeconds: 60 }));
  } else if (url === '/nonsense') response.end('{"iceServers":[{"urls":["gopher:"]}],"lifetimeSeconds":60}');
  else if (url === '/hanging-up') response.destroy();
  else response.writeHead(404).end();
}
