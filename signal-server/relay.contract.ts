/** What every relay must do, on one node or between many. */
import { expect, test } from 'vitest';

import { type Delivery, type Relay, type SocketId, socketId } from './relay.ts';
import { offer, peer, swarm } from './test-tracker.ts';

/** Two ends of one relay: on one node the same, between nodes one of each of two nodes. */
export interface RelayEnds {
  readonly here: Relay;
  readonly there: Relay;
  /** The name of the node that `there` is. */
  readonly nodeThere: string;
}

/** Runs the cases. The clock of `there` shows seven seconds. */
export function relayContract(make: () => Promise<RelayEnds>): void {
  const ids = { infoHash: swarm('film'), peerId: peer('a'), offerId: offer('1') };
  const message = { kind: 'offer', ...ids, sdp: 'v=0' } as const;
  const deliveryTo = (to: SocketId): Delivery => ({ to, toPeerId: peer('b'), message });
  const attached = async () => {
    const { here, there, nodeThere } = await make();
    const [socket, other] = [socketId(nodeThere, 1), socketId(nodeThere, 2)];
    const arrived = new Promise<Delivery>((resolve) => {
      there.attach(socket, (got) => (resolve(got), 'delivered'), 0);
    });
    there.attach(other, () => expect.unreachable('a message for another socket'), 0);
    return { here, there, nodeThere, socket, arrived };
  };

  test('[T7] a message reaches the socket it is for, wherever that is attached', async () => {
    const { here, socket, arrived } = await attached();
    expect(await here.send(deliveryTo(socket), 0)).toBe('delivered');
    expect(await arrived).toEqual(deliveryTo(socket));
  });

  test('[S10] a decline arrives as it was sent', async () => {
    const { here, socket, arrived } = await attached();
    const decline = { kind: 'decline', ...ids } as const;
    await here.send({ ...deliveryTo(socket), message: decline }, 0);
    expect((await arrived).message).toEqual(decline);
  });

  test('[T12] a receiver that is busy says so to the sender', async () => {
    const { here, there, nodeThere } = await attached();
    there.attach(socketId(nodeThere, 3), () => 'busy', 0);
    expect(await here.send(deliveryTo(socketId(nodeThere, 3)), 0)).toBe('busy');
  });

  test('[T7] a message for a socket that is not there, or no longer, is gone', async () => {
    const { here, there, nodeThere, socket } = await attached();
    there.detach(socket);
    expect(await here.send(deliveryTo(socket), 0)).toBe('gone');
    expect(await here.send(deliveryTo(socketId(nodeThere, 9)), 0)).toBe('gone');
  });

  test('[T9] silence lasts since the last sign of life, and for ever once the socket is gone', async () => {
    const { here, there, nodeThere, socket } = await attached();
    there.heard(socket, 5000);
    expect(await here.silence(socket, 7000)).toBe(2000);
    there.detach(socket);
    expect(await here.silence(socket, 7000)).toBe(Number.POSITIVE_INFINITY);
    expect(await here.silence(socketId(nodeThere, 9), 7000)).toBe(Number.POSITIVE_INFINITY);
  });
}
