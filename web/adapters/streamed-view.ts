/**
 * An address at which the browser's own players find a file that is still coming: a service worker answers it, range by range, with
 * what the page reads. The file stays in a frame of its own, under headers that let nothing in it run.
 */
import { startWorker } from './streamed-download.ts';
import { plainBytes } from './shape.ts';

export interface ViewedFile {
  /** Its kind; the caller names only kinds that a browser shows without running anything. */
  readonly type: string;
  /** In bytes. */
  readonly length: number;
  /** Bytes `start` … `end` − 1 as they come, until the signal is aborted. Rejects with an Error for a person. */
  readonly read: (start: number, end: number, signal: AbortSignal) => AsyncIterable<Uint8Array>;
}

export interface StreamedView {
  /** For a frame. */
  readonly address: string;
  /** The address is good no more, and nothing is read. */
  readonly close: () => void;
}

/** Workers that nobody talks to are stopped after half a minute. */
const KEEP_ALIVE_MS = 10_000;

/** Asked for by the worker: a range, with a port to feed. */
interface Asked {
  readonly start: number;
  readonly end: number;
}

/** Whatever claims to be a file of a stranger: not to be taken for another kind, not to be kept, and with no rights at all. */
const CONTENT_HEADERS = {
  'Cache-Control': 'no-store',
  'X-Content-Type-Options': 'nosniff',
} as const;

/** null when this browser runs no such worker here. */
export async function openView(workerUrl: URL, file: ViewedFile): Promise<StreamedView | null> {
  const folder = new URL('saving/', workerUrl);
  const worker = await startWorker(workerUrl, folder).catch(() => null);
  if (worker === null) return null;
  const { port1: port, port2 } = new MessageChannel();
  const page = playerPage(file.type);
  const home = new URL(`${crypto.randomUUID()}/`, folder);
  const address = new URL('content', home).href;
  const ending = new AbortController();
  const isReady = new Promise<void>((resolve) => {
    port.addEventListener('message', ({ data, ports }: MessageEvent<'ready' | Asked>) => {
      if (data === 'ready') resolve();
      else feed(ports[0], file, data, ending.signal);
    });
  });
  port.start();
  const sandbox = page === null ? '' : '; sandbox';
  const headers = {
    ...CONTENT_HEADERS,
    'Content-Type': file.type,
    'Content-Security-Policy': `default-src 'none'${sandbox}`,
    'Content-Disposition': page === null ? 'inline' : 'attachment',
  };
  worker.postMessage({ kind: 'view', address, headers, length: file.length, page }, [port2]);
  const awake = setInterval(() => worker.postMessage(null), KEEP_ALIVE_MS);
  await isReady;
  return {
    address: page === null ? address : home.href,
    close: () => {
      clearInterval(awake);
      ending.abort();
      port.postMessage('close');
    },
  };
}

/** Gives a part whenever one is asked for, until the range is through, or nobody wants it any more. */
function feed(port: MessagePort, file: ViewedFile, { start, end }: Asked, closing: AbortSignal): void {
  const cancelling = new AbortController();
  const signal = AbortSignal.any([cancelling.signal, closing]);
  const parts = file.read(start, end, signal)[Symbol.asyncIterator]();
  const give = async (): Promise<void> => {
    const { done, value } = await parts.next();
    if (signal.aborted) return;
    // A copy: what is transferred is gone here, and may be a view of something larger.
    const copy = done === true ? null : plainBytes(value).slice();
    port.postMessage(copy, copy === null ? [] : [copy.buffer]);
  };
  port.addEventListener('message', ({ data }: MessageEvent<'more' | 'cancelled'>) => {
    if (data === 'cancelled') cancelling.abort();
    else give().catch(() => port.postMessage('abort'));
  });
  closing.addEventListener('abort', () => port.postMessage('abort'), { once: true });
  port.start();
}

/** A page with nothing but a player in it, and no right to anything but its content; null for kinds that are pages themselves. */
function playerPage(type: string): { readonly html: string; readonly headers: Record<string, string> } | null {
  const element = /^(video|audio)\//.exec(type)?.[1];
  if (element === undefined) return null;
  const style = 'html,body{height:100%;margin:0;background:#000}video,audio{width:100%;height:100%}';
  return {
    html: `<!doctype html><meta charset="utf-8"><style>${style}</style><${element} controls autoplay playsinline src="content"></${element}>`,
    headers: {
      'Cache-Control': 'no-store',
      'Content-Type': 'text/html; charset=utf-8',
      'Content-Security-Policy': "default-src 'none'; media-src 'self'; style-src 'unsafe-inline'",
    },
  };
}
