/**
 * A download that is written while it is read: a service worker answers an address with a stream, and a hidden frame opens
 * that address. On secure origins only, and not in every private window; the caller has another way for the rest.
 */
import { seconds } from '../../shared/base/time.ts';
import { canStreamDownloads } from './capabilities.ts';
import { plainBytes } from './shape.ts';

export interface StreamedDownload {
  readonly name: string;
  /** In bytes. */
  readonly length: number;
  /** The next part of the file, or null after the last. Rejects with an Error for a person. */
  readonly next: () => Promise<Uint8Array | null>;
  readonly signal: AbortSignal;
}

/** 'no-worker': nothing was begun, since this browser runs no such worker here. */
export type StreamedOutcome = 'taken' | 'cancelled' | 'no-worker';

/** How long a worker may take to be ready, and the browser to open the address. */
const READY_MS = seconds(5);

/** How long the frame is left alone after the end. */
const FRAME_LIFETIME_MS = seconds(30);

/** Workers that nobody talks to are stopped after half a minute, also while a person has paused the download. */
const KEEP_ALIVE_MS = seconds(10);

/** Begins the download, and feeds it to its end. Rejects with an Error for a person when a part cannot be read. */
export async function streamDownload(workerUrl: URL, download: StreamedDownload): Promise<StreamedOutcome> {
  if (!canStreamDownloads()) return 'no-worker';
  const folder = new URL('saving/', workerUrl);
  const worker = await startWorker(workerUrl, folder).catch(() => null);
  if (worker === null) return 'no-worker';
  const { port1: port, port2 } = new MessageChannel();
  const address = new URL(crypto.randomUUID(), folder).href;
  const frame = document.createElement('iframe');
  frame.hidden = true;
  const breakOff = (): void => port.postMessage('abort');
  addEventListener('pagehide', breakOff);
  const keepingAlive = setInterval(() => worker.postMessage(null), KEEP_ALIVE_MS);
  try {
    const fed = feed(port, { ...download, breakOff, onReady: () => document.body.append(frame) });
    frame.src = address;
    worker.postMessage({ kind: 'save', address, headers: headersOf(download) }, [port2]);
    return await fed;
  } finally {
    removeEventListener('pagehide', breakOff);
    clearInterval(keepingAlive);
    port.close();
    // A short file has been read to its end before the browser makes a download of it.
    setTimeout(() => frame.remove(), FRAME_LIFETIME_MS);
  }
}

/** The worker that answers addresses below `folder`. Rejects where there is none. */
export async function startWorker(workerUrl: URL, folder: URL): Promise<ServiceWorker> {
  const registration = await navigator.serviceWorker.register(workerUrl, { scope: folder.pathname });
  const worker = registration.active ?? registration.waiting ?? registration.installing;
  if (worker === null) throw new Error('The worker is gone again.');
  if (worker.state === 'activated') return worker;
  return new Promise((resolve, reject) => {
    setTimeout(() => reject(new Error('The worker does not start.')), READY_MS);
    worker.addEventListener('statechange', () => worker.state === 'activated' && resolve(worker));
  });
}

/** Gives a part whenever one is asked for. The first question comes soon or never; later ones as fast as the disk is. */
function feed(
  port: MessagePort,
  {
    next,
    signal,
    breakOff,
    onReady,
  }: StreamedDownload & { readonly breakOff: () => void; readonly onReady: () => void },
): Promise<StreamedOutcome> {
  return new Promise((resolve, reject) => {
    const untouched = setTimeout(() => (breakOff(), resolve('no-worker')), READY_MS);
    const give = async (): Promise<void> => {
      clearTimeout(untouched);
      const part = await next();
      // A copy: what is transferred is gone here, and may be a view of something larger.
      const copy = part === null ? null : plainBytes(part).slice();
      port.postMessage(copy, copy === null ? [] : [copy.buffer]);
      if (copy === null) resolve('taken');
    };
    signal.addEventListener('abort', () => (breakOff(), resolve('cancelled')), { once: true });
    port.addEventListener('message', ({ data }) => {
      if (data === 'ready') onReady();
      else if (data === 'cancelled') resolve('cancelled');
      else give().catch((error: unknown) => (breakOff(), reject(error as Error)));
    });
    port.start();
  });
}

/** The name as RFC 8187 has it, so that it may be in any script. */
function headersOf({ name, length }: StreamedDownload): Record<string, string> {
  const escape = (character: string): string => `%${character.charCodeAt(0).toString(16).toUpperCase()}`;
  const escaped = encodeURIComponent(name).replaceAll(/['()*]/g, escape);
  return {
    'Content-Type': 'application/octet-stream',
    'Content-Length': String(length),
    'Content-Disposition': `attachment; filename*=UTF-8''${escaped}`,
  };
}
