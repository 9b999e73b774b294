/** Our reader of WebSocket frames beside the receiver of `ws`, over the same broken streams: both must tell the same. */
import { Receiver } from 'ws';

import { seededRandom } from '../../shared/base/random.ts';
import { FrameReader } from '../web-socket-frames.ts';
import { MESSAGE_BYTES_MAX, makeStream } from './streams.ts';

/** Gives a line about what happened. Throws at the first stream that the two read differently. */
export function fuzzFraming({ streams, seed }: { readonly streams: number; readonly seed: number }): string {
  const random = seededRandom(seed);
  const seen = { messages: 0, control: 0, closed: 0, broken: 0 };
  for (let stream = 0; stream < streams; stream += 1) {
    const pieces = makeStream(random);
    const [ours, theirs] = [told(pieces), toldByWs(pieces)];
    if (ours.join() !== theirs.join()) {
      const bytes = pieces.map((piece) => piece.toString('hex')).join(' ');
      throw new Error(`Stream ${stream} of seed ${seed}: ${ours.join(', ')}; by ws ${theirs.join(', ')}; ${bytes}`);
    }
    for (const line of ours) {
      if (line.startsWith('broken')) seen.broken += 1;
      else if (line.startsWith('close')) seen.closed += 1;
      else if (line.startsWith('p')) seen.control += 1;
      else seen.messages += 1;
    }
  }
  if (Math.min(...Object.values(seen)) < streams / 100) throw new Error(`Little happened: ${JSON.stringify(seen)}`);
  return `${streams} broken streams are read as ws reads them: ${JSON.stringify(seen)}.`;
}

/** What our reader tells, a line each, up to the end of the conversation. */
function told(pieces: readonly Buffer[]): string[] {
  const lines: string[] = [];
  const reader = new FrameReader(MESSAGE_BYTES_MAX);
  const handler = {
    onText: (utf8: Buffer) => lines.push(`text ${utf8.toString('hex')}`),
    onBinary: () => lines.push('binary'),
    onPing: (payload: Buffer) => lines.push(`ping ${payload.toString('hex')}`),
    onPong: () => lines.push('pong'),
    onClose: (code: number | null) => lines.push(`close ${code}`),
    onBroken: (code: number) => lines.push(`broken ${code}`),
  };
  // Copied, as the reader takes masks off in place.
  for (const piece of pieces) reader.push(Buffer.from(piece), handler);
  return untilEnd(lines);
}

/** The code for a client that gave none, in `ws` (RFC 6455, 7.1.5). */
const NO_CODE = 1005;

function toldByWs(pieces: readonly Buffer[]): string[] {
  const lines: string[] = [];
  const receiver = new Receiver({ isServer: true, maxPayload: MESSAGE_BYTES_MAX });
  receiver.on('message', (data, isBinary) => lines.push(isBinary ? 'binary' : `text ${data.toString('hex')}`));
  receiver.on('ping', (payload) => lines.push(`ping ${payload.toString('hex')}`));
  receiver.on('pong', () => lines.push('pong'));
  receiver.on('conclude', (code) => lines.push(`close ${code === NO_CODE ? null : code}`));
  receiver.on('error', () => {});
  for (const piece of pieces) {
    receiver.write(Buffer.from(piece));
    const { errored } = receiver;
    if (errored === null) continue;
    lines.push(`broken ${statusOf(errored)}`);
    break;
  }
  return untilEnd(lines);
}

/** `ws` keeps the code to close with under a symbol of its own. */
function statusOf(error: Error): number {
  const symbol = Object.getOwnPropertySymbols(error).find(({ description }) => description === 'status-code');
  return Number(symbol && Reflect.get(error, symbol));
}

function untilEnd(lines: readonly string[]): string[] {
  const end = lines.findIndex((line) => line.startsWith('close') || line.startsWith('broken'));
  return end < 0 ? [...lines] : lines.slice(0, end + 1);
}
