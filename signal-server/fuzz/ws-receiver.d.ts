/** The receiver of `ws`, which its types leave out: what our reader of frames is compared with. */
import type { Writable } from 'node:stream';

declare module 'ws' {
  export class Receiver extends Writable {
    constructor(options: { readonly isServer: boolean; readonly maxPayload: number });
    on(event: 'message', listener: (data: Buffer, isBinary: boolean) => void): this;
    on(event: 'ping', listener: (payload: Buffer) => void): this;
    on(event: 'pong', listener: () => void): this;
    on(event: 'conclude', listener: (code: number) => void): this;
    on(event: 'error', listener: (error: Error) => void): this;
  }
}
