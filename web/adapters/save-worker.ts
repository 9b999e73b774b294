/**
 * The service worker behind a save: it answers an address with a stream that the page feeds piece by piece, so that the
 * browser's own download takes a file of any size without anybody holding it.
 *
 * The page sends a `SaveJob` with a port. Over the port it is told 'ready' (the address is good now, once), 'more' (send a piece;
 * null is the end) and 'cancelled' (the person stopped the download). 'abort' from the page breaks the download off.
 */

interface SaveJob {
  readonly address: string;
  /** Of the answer. */
  readonly headers: Record<string, string>;
}

/** What TypeScript's DOM types, which are a page's, do not know. */
interface FetchEvent extends Event {
  readonly request: Request;
  respondWith(answer: Response): void;
}

const waitingJobs = new Map<string, { readonly job: SaveJob; readonly port: MessagePort }>();

addEventListener('message', ({ data: job, ports }: MessageEvent<SaveJob | null>) => {
  // Without a job it is a sign that one is still going on: browsers stop workers that nobody talks to.
  if (job === null) return;
  waitingJobs.set(job.address, { job, port: ports[0] });
  ports[0].postMessage('ready');
});

addEventListener('fetch', (event) => {
  const asked = event as FetchEvent;
  const waiting = waitingJobs.get(asked.request.url);
  if (waiting === undefined) return;
  waitingJobs.delete(asked.request.url);
  asked.respondWith(new Response(streamFrom(waiting.port), { headers: waiting.job.headers }));
});

/** One piece at a time, and only when the download has taken the one before. */
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
