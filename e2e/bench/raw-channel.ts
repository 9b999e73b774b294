/** The yardstick: one bare data channel between two tabs, with nothing around it. */
import type { JSHandle, Page } from '@playwright/test';

/** How many bytes may wait in the buffer of a channel: with 1 MiB it is slower. */
const BUFFER_BYTES = 256 * 1024;

/** How bytes are sent when a browser is left to itself. */
export interface RawWay {
  readonly messageBytes: number;
  readonly isOrdered: boolean;
  /** Connections side by side, each with a share of the bytes. */
  readonly connections: number;
}

/** What others are compared with. */
export const USUAL_WAY: RawWay = { messageBytes: 64 * 1024, isOrdered: true, connections: 1 };

/** Sends `bytes` from one page to the other; resolves when they are there. Both pages are at the server's origin. */
export async function sendRaw(from: Page, to: Page, bytes: number, way = USUAL_WAY): Promise<void> {
  const share = Math.ceil(bytes / way.connections);
  await Promise.all(Array.from({ length: way.connections }, () => sendOver(from, to, share, way)));
}

/** Over one connection. */
async function sendOver(from: Page, to: Page, bytes: number, { messageBytes, isOrdered }: RawWay): Promise<void> {
  const answer = await to.evaluateHandle(() => new RTCPeerConnection());
  const offer = await from.evaluateHandle(() => new RTCPeerConnection());
  const channel = await offer.evaluateHandle(
    (connection, ordered) => connection.createDataChannel('raw', { ordered }),
    isOrdered,
  );
  const arrived = answer.evaluate(
    (connection, total) =>
      new Promise<void>((resolve) => {
        let left = total;
        connection.addEventListener('datachannel', ({ channel: opened }) =>
          opened.addEventListener('message', ({ data }: MessageEvent<ArrayBuffer>) => {
            left -= data.byteLength;
            if (left <= 0) resolve();
          }),
        );
      }),
    bytes,
  );
  await channel.evaluate(pump, { bytes, messageBytes, bufferBytes: BUFFER_BYTES });
  await describe(offer, answer);
  await arrived;
  await Promise.all([offer, answer].map((end) => end.evaluate((connection) => connection.close())));
}

/** Exchanges the descriptions, each with all its candidates. */
async function describe(offer: JSHandle<RTCPeerConnection>, answer: JSHandle<RTCPeerConnection>): Promise<void> {
  await answer.evaluate(
    (connection, sdp) => connection.setRemoteDescription({ type: 'offer', sdp }),
    await offer.evaluate(describeItself),
  );
  await offer.evaluate(
    (connection, sdp) => connection.setRemoteDescription({ type: 'answer', sdp }),
    await answer.evaluate(describeItself),
  );
}

/** Runs in a page, like `pump`. */
async function describeItself(connection: RTCPeerConnection): Promise<string> {
  const gathered = new Promise<void>((resolve) => {
    connection.addEventListener('icecandidate', ({ candidate }) => candidate === null && resolve());
  });
  await connection.setLocalDescription();
  await gathered;
  return connection.localDescription!.sdp;
}

function pump(
  channel: RTCDataChannel,
  { bytes, messageBytes, bufferBytes }: { bytes: number; messageBytes: number; bufferBytes: number },
): void {
  const message = new Uint8Array(messageBytes);
  let left = bytes;
  const fill = (): void => {
    while (left > 0 && channel.bufferedAmount < bufferBytes) {
      channel.send(message.subarray(0, Math.min(left, messageBytes)));
      left -= messageBytes;
    }
  };
  channel.bufferedAmountLowThreshold = bufferBytes / 2;
  channel.addEventListener('bufferedamountlow', fill);
  channel.addEventListener('open', fill);
}
