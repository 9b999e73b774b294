/** A server under load: its process, the crowd on its sockets, and what a piece of work costs it. */
import { Crowd } from './crowd.ts';
import type { MeasuredServer } from './measured-server.ts';

export interface Load {
  /** What each client does, so many times one after the other. */
  readonly times: number;
  /** How many clients wait for their reply at once; all, if it is left out. */
  readonly atOnce?: number;
  readonly frameOf: (client: number, turn: number) => string;
  readonly isDone: (frame: Buffer) => boolean;
}

export interface Cost {
  readonly done: number;
  readonly perCpuSecond: number;
  readonly frames: number;
  readonly bytes: number;
}

export class Contender {
  readonly server: MeasuredServer;
  readonly crowd: Crowd;

  private constructor(server: MeasuredServer, crowd: Crowd) {
    this.server = server;
    this.crowd = crowd;
  }

  static async start(starting: Promise<MeasuredServer>, clients: number): Promise<Contender> {
    const server = await starting;
    return new Contender(server, await Crowd.open([server.url], clients));
  }

  async run({ atOnce = this.crowd.size, ...load }: Load): Promise<Cost> {
    const begun = this.server.cpuSeconds();
    const { done, frames, bytes } = await this.crowd.exchange({ ...load, atOnce });
    return { done, frames, bytes, perCpuSecond: done / (this.server.cpuSeconds() - begun) };
  }

  async stop(): Promise<void> {
    this.crowd.close();
    await this.server.stop();
  }
}
