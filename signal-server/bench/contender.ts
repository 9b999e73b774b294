/** A server under load: its process, the crowd on its sockets, and what a piece of work costs it. */
import { Crowd, type Load } from './crowd.ts';
import type { MeasuredServer } from './measured-server.ts';

export interface Cost {
  readonly done: number;
  readonly perCpuSecond: number;
  readonly frames: number;
  readonly bytes: number;
}

const WARM_UP_ROUNDS = 2;

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

  /**
   * The same for a server that has done such work for a while, with others that have left since: what is measured is then
   * compiled, as in one that runs for days. `loadOf` gives what a round of others does, rounds from 1 on.
   */
  static async startWarm(
    starting: Promise<MeasuredServer>,
    clients: number,
    loadOf: (round: number) => Load,
  ): Promise<Contender> {
    const server = await starting;
    for (let round = 1; round <= WARM_UP_ROUNDS; round += 1) {
      const crowd = await Crowd.open([server.url], clients);
      await crowd.exchange(loadOf(round));
      crowd.close();
    }
    return new Contender(server, await Crowd.open([server.url], clients));
  }

  async run(load: Load): Promise<Cost> {
    let begun = 0;
    const { done, frames, bytes } = await this.crowd.exchange(load, () => (begun = this.server.cpuSeconds()));
    return { done, frames, bytes, perCpuSecond: done / (this.server.cpuSeconds() - begun) };
  }

  async stop(): Promise<void> {
    this.crowd.close();
    await this.server.stop();
  }
}
