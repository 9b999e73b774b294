/**
 * The least that a server in Node.js can do: `ws` alone, which parses each frame as JSON and sends as many bytes as its first
 * argument says. Prints its address.
 */
import { WebSocketServer } from 'ws';

const reply = JSON.stringify({ action: 'announce', padding: 'x'.repeat(Number(process.argv[2]) - 35) });
const server = new WebSocketServer({ port: 0, host: '127.0.0.1', perMessageDeflate: false });
server.on('connection', (socket) =>
  socket.on('message', (data) => {
    if (typeof JSON.parse(/** @type {Buffer} */ (data).toString()) === 'object') socket.send(reply);
  }),
);
server.on('listening', () => process.stdout.write(`http://127.0.0.1:${server.address().port}\n`));
