/** The STUN server over real UDP on the loopback. `e2e/turn.spec.ts` asks it with coturn's client. */
import { type Socket, createSocket } from 'node:dgram';
import { once } from 'node:events';

import { afterEach, expect, test } from 'vitest';

import { ANSWERS_PER_NETWORK_MAX, StunServer } from './stun-server.ts';

const REQUEST = Buffer.from('000100002112a442b7e7a701bc34d686fa87dfae', 'hex');

let now = 0;
let server: StunServer;
const clients: Socket[] = [];

afterEach(async () => {
  for (const client of clients.splice(0)) client.close();
  await server.close();
});

async function start(host = '127.0.0.1'): Promise<void> {
  server = await StunServer.start({ host, port: 0, now: () => now, report: () => {} });
}

async function client(): Promise<Socket> {
  const socket = createSocket('udp4');
  clients.push(socket);
  socket.bind(0, '127.0.0.1');
  await once(socket, 'listening');
  return socket;
}

/** The port that the server saw. */
async function ask(socket: Socket): Promise<number> {
  socket.send(REQUEST, server.port, '127.0.0.1');
  const [answer] = (await once(socket, 'message')) as [Buffer];
  return answer.readUInt16BE(26) ^ 0x2112;
}

test('a client learns the port it sends from, also after nonsense and from a server for IPv6 and IPv4', async () => {
  await start('::');
  const socket = await client();
  socket.send('nonsense', server.port, '127.0.0.1');
  expect(await ask(socket)).toBe(socket.address().port);
  expect(server.traffic).toEqual({ answered: 1, ignored: 1 });
});

test('one network gets so many answers a second, and the next second more', async () => {
  await start();
  const socket = await client();
  for (let times = 0; times < ANSWERS_PER_NETWORK_MAX; times += 1) await ask(socket);
  socket.send(REQUEST, server.port, '127.0.0.1');
  await expect.poll(() => server.traffic.ignored).toBe(1);
  now += 1000;
  expect(await ask(socket)).toBe(socket.address().port);
});

test('a port that is taken fails the start', async () => {
  await start();
  const { port } = server;
  const second = StunServer.start({ host: '127.0.0.1', port, now: () => now, report: () => {} });
  await expect(second).rejects.toMatchObject({ code: 'EADDRINUSE' });
});
