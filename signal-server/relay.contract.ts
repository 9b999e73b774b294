/** What every relay must do, on one node or between many. */
import { expect, test } from 'vitest';

import type { Delivery, Relay } from './relay.ts';
import { offer, peer, socket, swarm } from './test-tracker.ts';

/** Runs the cases. `make` gives two ends of one relay: on one node the same, between nodes one of each of two nodes. */
export function relayContract(make: () => Promise<{ here: Relay; there: Relay }>): void {
  const delivery: Delivery = {
    to: socket('s'),
    toPeerId: peer('b'),
    message: { kind: 'offer', infoHash: swarm('film'), peerId: peer('a'), offerId: offer('1'), sdp: 'v=0' },
  };

  test('[T7] a message reaches the socket it is for, wherever that is attached', async () => {
    const { here, there } = await make();
    const arrived = new Promise<Delivery>((resolve) => {
      there.attach(socket('s'), (got) => (resolve(got), 'delivered'), 0);
    });
    there.attach(socket('other'), () => expect.unreachable('a message for another socket'), 0);
    expect(await here.send(delivery, 0)).toBe('delivered');
    expect(await arrived).toEqual(delivery);
  });

  test('[S10] a decline arrives as it was sent', async () => {
    const { here, there } = await make();
    const message = { kind: 'decline', infoHash: swarm('film'), peerId: peer('a'), offerId: offer('1') } as const;
    const arrived = new Promise<Delivery>((resolve) => {
      there.attach(socket('s'), (got) => (resolve(got), 'delivered'), 0);
    });
    await here.send({ ...delivery, message }, 0);
    expect((await arrived).message).toEqual(message);
  });

  test('[T7] a message for a socket that is not there, or no longer, is gone', async () => {
    const { here, there } = await make();
    expect(await here.send(delivery, 0)).toBe('gone');
    there.attach(socket('s'), () => 'delivered', 0);
    there.detach(socket('s'));
    expect(await here.send(delivery, 0)).toBe('gone');
  });

  test('[T9] silence lasts since the last sign of life, and for ever once the socket is gone', async () => {
    const { here, there } = await make();
    there.attach(socket('s'), () => 'delivered', 1000);
    there.heard(socket('s'), 5000);
    expect(await here.silence(socket('s'), 7000)).toBe(2000);
    there.detach(socket('s'));
    expect(await here.silence(socket('s'), 7000)).toBe(Number.POSITIVE_INFINITY);
    expect(await here.silence(socket('never seen'), 7000)).toBe(Number.POSITIVE_INFINITY);
  });
}
