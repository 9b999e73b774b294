/** The tracker of `bittorrent-tracker` as a process of its own, WebSocket alone; prints its address. */
import { Server } from 'bittorrent-tracker';

const server = new Server({ udp: false, http: false, ws: true, stats: false });
server.on('warning', () => {});
server.listen(0, '127.0.0.1', () => process.stdout.write(`http://127.0.0.1:${server.ws.address().port}\n`));
