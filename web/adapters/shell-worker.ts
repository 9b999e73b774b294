/**
 * The service worker of the page itself: it keeps what the page is made of, so that it opens without a network, and takes what
 * other programs of the device hand over by its share menu. It never touches what is shared.
 */

const CACHE = 'tabswarm-shell';

/** Where the system posts what is handed over; the manifest names it too. */
const HANDED_OVER = '/handed-over';

/** What TypeScript's DOM types, which are a page's, do not know. */
interface LifeEvent extends Event {
  waitUntil(work: Promise<unknown>): void;
}

interface RequestEvent extends Event {
  readonly request: Request;
  respondWith(answer: Promise<Response>): void;
}

interface WorkerScope {
  skipWaiting(): Promise<void>;
  readonly clients: { claim(): Promise<void> };
}

const scope = globalThis as unknown as WorkerScope;

/** What was handed over and not fetched yet: by the next page that asks. */
let handedOver: readonly File[] = [];

addEventListener('install', (event) => {
  (event as LifeEvent).waitUntil(caches.open(CACHE).then((cache) => cache.add('/')));
  void scope.skipWaiting();
});

addEventListener('activate', (event) => (event as LifeEvent).waitUntil(scope.clients.claim()));

/** A page tells what it has loaded, and asks for what was handed over. */
addEventListener('message', ({ data, ports }: MessageEvent<unknown>) => {
  if (data === 'handed-over') {
    ports[0].postMessage(handedOver);
    handedOver = [];
  } else if (Array.isArray(data)) void keep(data.filter((url) => typeof url === 'string'));
});

addEventListener('fetch', (event) => {
  const { request, respondWith } = bound(event as RequestEvent);
  const url = new URL(request.url);
  if (url.origin !== location.origin) return;
  if (request.method === 'POST' && url.pathname === HANDED_OVER) respondWith(take(request));
  else if (request.method !== 'GET') return;
  else if (request.mode === 'navigate' && url.pathname === '/') respondWith(freshOrKept(request));
  else if (url.pathname.startsWith('/assets/')) respondWith(keptOrFresh(request));
});

const bound = (event: RequestEvent): Pick<RequestEvent, 'request' | 'respondWith'> => ({
  request: event.request,
  respondWith: (answer) => event.respondWith(answer),
});

/** The page as the server has it now; the one kept when there is no server. */
async function freshOrKept(request: Request): Promise<Response> {
  const cache = await caches.open(CACHE);
  try {
    const fresh = await fetch(request);
    if (fresh.ok) await keepCopy(cache, '/', fresh);
    return fresh;
  } catch (error) {
    const kept = await cache.match('/');
    if (kept === undefined) throw error;
    return kept;
  }
}

/** The name of an asset changes with its content, so that a kept one is as good as a fresh one. */
async function keptOrFresh(request: Request): Promise<Response> {
  const cache = await caches.open(CACHE);
  const kept = await cache.match(request);
  if (kept !== undefined) return kept;
  const fresh = await fetch(request);
  if (fresh.ok) await keepCopy(cache, request, fresh);
  return fresh;
}

/** Never rejects: on a full disk the page works on without a copy of itself. */
const keepCopy = (cache: Cache, request: Request | string, fresh: Response): Promise<void> =>
  cache.put(request, fresh.clone()).catch(() => undefined);

/** Keeps what the page was loaded from before there was a worker, and forgets what no page is made of any more. */
async function keep(urls: readonly string[]): Promise<void> {
  const cache = await caches.open(CACHE);
  const wanted = new Set(urls.filter((url) => new URL(url).pathname.startsWith('/assets/')));
  const kept = new Set((await cache.keys()).map(({ url }) => url));
  await cache.addAll([...wanted].filter((url) => !kept.has(url)));
}

/** Files, or a text as a file. The page asks for them as soon as it is there. */
async function take(request: Request): Promise<Response> {
  const form = await request.formData();
  const files = form.getAll('files').filter((value) => value instanceof File);
  const text = [form.get('text'), form.get('url')]
    .map((part) => (typeof part === 'string' ? part : ''))
    .join('\n')
    .trim();
  handedOver = files.length > 0 || text === '' ? files : [new File([text], 'text.txt', { type: 'text/plain' })];
  return Response.redirect('/?handed-over', 303);
}
