/**
 * The service worker behind saving and looking: it answers addresses with what the page feeds it piece by piece, so that the browser's
 * own downloads take a file of any size, and its players one that is still coming, without anybody holding it.
 *
 * The page sends a job with a port. Over the port it is told 'ready' when the address is good. A `SaveJob` is asked for once; a
 * `ViewJob` as often as a player likes, each time for a range of bytes: the page is told it, with a port of its own.
 *
 * Over the port of an answer the page is told 'more' (send a piece; null is the end) and 'cancelled' (it is not wanted any more).
 * 'abort' from the page breaks the answer off.
 */
import { byteRangeOf } from './byte-range.ts';

interface SaveJob {
  readonly kind: 'save';
  readonly address: string;
  /** Of the answer. */
  readonly headers: Record<string, string>;
}

interface ViewJob {
  readonly kind: 'view';
  /** Of the content itself. */
  readonly address: string;
  readonly headers: Record<string, string>;
  /** Of the content, in bytes. */
  readonly length: number;
  /** A page around the content, at the address without its last part; null when there is none. */
  readonly page: { readonly html: string; readonly headers: Record<string, string> } | null;
}

/** What TypeScript's DOM types, which are a page's, do not know. */
interface FetchEvent extends Event {
  readonly request: Request;
  respondWith(answer: Response): void;
}

interface Work<Job> {
  readonly job: Job;
  readonly port: MessagePort;
}

const saves = new Map<string, Work<SaveJob>>();
const views = new Map<string, Work<ViewJob>>();

addEventListener('message', ({ data: job, ports }: MessageEvent<SaveJob | ViewJob | null>) => {
  // Without a job it is a sign that one is still going on: browsers stop workers that nobody talks to.
  if (job === null) return;
  const [port] = ports;
  if (job.kind === 'save') saves.set(job.address, { job, port });
  else {
    views.set(job.address, { job, port });
    if (job.page !== null) views.set(new URL('.', job.address).href, { job, port });
    port.addEventListener('message', () => {
      for (const [address, work] of views) if (work.port === port) views.delete(address);
    });
    port.start();
  }
  port.postMessage('ready');
});

addEventListener('fetch', (event) => {
  const asked = event as FetchEvent;
  const answer = answerTo(asked.request);
  if (answer !== null) asked.respondWith(answer);
});

function answerTo(request: Request): Response | null {
  const save = saves.get(request.url);
  if (save !== undefined) {
    saves.delete(request.url);
    return new Response(streamFrom(save.port), { headers: save.job.headers });
  }
  const view = views.get(request.url);
  if (view === undefined) return null;
  const { job, port } = view;
  return request.url === job.address || job.page === null
    ? rangeOf(job, port, request.headers.get('Range'))
    : new Response(job.page.html, { headers: job.page.headers });
}

/** The part of the content that is asked for (RFC 9110, 14.2), or all of it. */
function rangeOf({ headers, length }: ViewJob, port: MessagePort, asked: string | null): Response {
  const range = byteRangeOf(asked, length);
  if (range === 'unsatisfiable') {
    return new Response(null, { status: 416, headers: { 'Content-Range': `bytes */${length}` } });
  }
  const { start, end } = range ?? { start: 0, end: length };
  const { port1: feed, port2 } = new MessageChannel();
  port.postMessage({ start, end }, [port2]);
  const answer = { ...headers, 'Accept-Ranges': 'bytes', 'Content-Length': String(end - start) };
  if (range === null) return new Response(streamFrom(feed), { headers: answer });
  const place = { 'Content-Range': `bytes ${start}-${end - 1}/${length}` };
  return new Response(streamFrom(feed), { status: 206, headers: { ...answer, ...place } });
}

/** One piece at a time, and only when the one before has been taken. */
function streamFrom(port: MessagePort): ReadableStream<Uint8Array> {
  let taken = (): void => undefined;
  return new ReadableStream<Uint8Array>(
    {
      start: (stream) => {
        port.addEventListener('message', ({ data }: MessageEvent<Uint8Array | 'abort' | null>) => {
          if (data === 'abort') stream.error(new Error('The person called it off.'));
          else if (data === null) stream.close();
          else stream.enqueue(data);
          taken();
        });
        port.start();
      },
      pull: () =>
        new Promise<void>((resolve) => {
          taken = resolve;
          port.postMessage('more');
        }),
      cancel: () => {
        port.postMessage('cancelled');
        port.close();
      },
    },
    { highWaterMark: 0 },
  );
}
