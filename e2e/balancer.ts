/** What stands before several servers: one address that gives each connection to the next server that takes it. */
import { once } from 'node:events';
import { type AddressInfo, type Server as TcpServer, type Socket, connect, createServer } from 'node:net';

export class Balancer {
  readonly #ports: readonly number[];
  readonly #listener: TcpServer;
  readonly #sockets = new Set<Socket>();
  #next = 0;

  private constructor(ports: readonly number[]) {
    this.#ports = ports;
    this.#listener = createServer((socket) => void this.#pass(socket));
  }

  /** Stands before the servers on these ports of this machine. */
  static async start(ports: readonly number[]): Promise<Balancer> {
    const balancer = new Balancer(ports);
    balancer.#listener.listen(0, '127.0.0.1');
    await once(balancer.#listener, 'listening');
    return balancer;
  }

  get origin(): string {
    return `http://localhost:${(this.#listener.address() as AddressInfo).port}`;
  }

  stop(): void {
    this.#listener.close();
    for (const socket of this.#sockets) socket.destroy();
  }

  async #pass(client: Socket): Promise<void> {
    this.#keep(client);
    // Each connection tries every server, whatever others that come meanwhile try.
    const first = (this.#next += 1);
    for (let attempt = 0; attempt < this.#ports.length; attempt += 1) {
      const server = connect(this.#ports[(first + attempt) % this.#ports.length], '127.0.0.1');
      this.#keep(server);
      const isThere = await once(server, 'connect').then(
        () => true,
        () => false,
      );
      if (isThere) {
        client.pipe(server).pipe(client);
        client.once('close', () => server.destroy());
        server.once('close', () => client.destroy());
        return;
      }
    }
    client.destroy();
  }

  #keep(socket: Socket): void {
    this.#sockets.add(socket);
    socket.on('error', () => socket.destroy());
    socket.once('close', () => this.#sockets.delete(socket));
  }
}
