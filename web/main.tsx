/** Which parts this product is made of: the one place that makes adapters, and where the page begins. */
import { render } from 'preact';

import { seededRandom } from '../shared/base/random.ts';
import { present } from '../shared/base/assert.ts';
import type { SignalFact, SignalLink } from '../shared/driver/ports.ts';
import { canConnect, canStreamDownloads, supportsFolderPicker } from './adapters/capabilities.ts';
import { ConnectionBudget } from './adapters/connection-budget.ts';
import { copyText } from './adapters/clipboard.ts';
import { createClosingGuard } from './adapters/closing-guard.ts';
import { fileChunkStore } from './adapters/file-source.ts';
import { createHasher } from './adapters/hasher.ts';
import { createIceServers } from './adapters/ice-servers.ts';
import { openChunkStore } from './adapters/idb-chunk-store.ts';
import { languageMemory } from './adapters/language-memory.ts';
import { limitsMemory } from './adapters/limits-memory.ts';
import { createMobileData } from './adapters/mobile-data.ts';
import { askForNotices, giveNotice, noticePermission } from './adapters/notices.ts';
import { shareLink } from './adapters/share-sheet.ts';
import { keepShell, receiveHandedOver } from './adapters/shell.ts';
import { askToKeep, roomBytes } from './adapters/storage-room.ts';
import { createWakeLock } from './adapters/wake-lock.ts';
import { makeMetainfo } from './adapters/metainfo-maker.ts';
import { canPickFolders, droppedFrom, pastedFrom, pickedFrom } from './adapters/picked-files.ts';
import { bytesShape } from './adapters/shape.ts';
import { sharerStore } from './adapters/sharer-store.ts';
import { createSignalSocket, openAhead } from './adapters/signal-socket.ts';
import { createFollowingClock, createSteadyClock } from './adapters/steady-clock.ts';
import { type StoreRegistry, openStoreRegistry } from './adapters/store-registry.ts';
import { Attendant } from './app/attendant.ts';
import type { RunCheck } from './app/check-up.ts';
import type { Device } from './app/device.ts';
import { Library } from './app/library.ts';
import type { World } from './app/world.ts';
import { App, type FileIntake } from './ui/app.tsx';
import { formatBytes } from './ui/format.ts';
import { readBy, readInTurn, readSoon } from './ui/reading-pace.ts';
import { pickLanguage, say, speak } from './ui/language.ts';

readBy(createFollowingClock());
// Hidden pages are read less often; who looks again sees at once how things are.
document.addEventListener('visibilitychange', readSoon);

const iceServers = createIceServers({ url: '/ice', now: () => performance.now() });

type Connecting = typeof import('./connecting.ts') &
  typeof import('./adapters/web-seed-links.ts') &
  typeof import('./adapters/tracker-group.ts');

/** What connects comes when a swarm begins, as far as its link needs it: the first page does without. */
const connecting: Partial<Connecting> = {};

/** Beside the page, so that it may answer below it. */
const SAVE_WORKER = new URL('save-worker.js', document.baseURI);

const SHELL_WORKER = new URL('shell-worker.js', document.baseURI);

const hasher = createHasher();

/** Plain-http pages have none. */
const { locks } = navigator as Partial<Navigator>;

const budget = new ConnectionBudget(() => performance.now());

const world: World = {
  now: () => performance.now(),
  newClock: createSteadyClock,
  newRandom: () => seededRandom(crypto.getRandomValues(new Uint32Array(1))[0]),
  prepareToConnect: async ({ trackers, webSeeds }, { calls }) => {
    openAhead(signalAddress());
    const asked = iceServers.refresh();
    const parts = await Promise.all([
      import('./connecting.ts'),
      webSeeds.length > 0 && import('./adapters/web-seed-links.ts'),
      trackers.length > 0 && import('./adapters/tracker-group.ts'),
    ]);
    Object.assign(connecting, ...parts);
    await asked;
    if (calls) connecting.callAhead?.(budget, iceServers.current());
  },
  canConnect,
  newTransport: ({ report, infoHash, self, webSeeds }) => {
    const createTransport = present(connecting.createSimplePeerTransport, 'the transport');
    const overNetwork = createTransport({ report, budget, iceServers: iceServers.current });
    const withTabs = present(connecting.withTabLinks, 'links to other tabs');
    const others = withTabs({ report, infoHash, self, others: overNetwork, locks });
    if (webSeeds.length === 0) return { ...others, describe: () => undefined, webSeeds: () => [] };
    return present(connecting.withWebSeeds, 'web seeds')({ report, infoHash, urls: webSeeds, others });
  },
  newSignal: (report, trackers) => signalLink([...new Set([signalAddress(), ...trackers])], report),
  hasher,
  shape: bytesShape,
  describe: (shared, options) => makeMetainfo(shared, { hasher, ...options }),
  readTorrent: async (file) => (await import('./adapters/torrent-reader.ts')).readTorrent(file, hasher),
  trackerUrl: signalAddress(),
  openStores: onceOpened(openStoreRegistry),
  // Where a download cannot be streamed, the file is composed of stored blobs.
  openDisk: (storeId) => {
    // Now that something is worth keeping.
    void askToKeep();
    const storedAs = canStreamDownloads() ? 'bytes' : 'blobs';
    return openChunkStore(storeId, { storedAs, clock: createFollowingClock() });
  },
  roomBytes,
  onNews: readSoon,
  fileStore: fileChunkStore,
  copiedFileStore: sharerStore,
  recallLimits: limitsMemory.recall,
  rememberLimits: limitsMemory.remember,
  saveFile: async (options) => (await import('./adapters/save-target.ts')).saveFile(SAVE_WORKER, options),
  saveFolder: supportsFolderPicker()
    ? async (options) => (await import('./adapters/folder-target.ts')).saveFolder(options)
    : null,
  openView: canStreamDownloads()
    ? async (file) => (await import('./adapters/streamed-view.ts')).openView(SAVE_WORKER, file)
    : null,
  zip: async (entries) => (await import('./adapters/zip-content.ts')).zipContent(entries),
};

const library = new Library(world);

addEventListener('pagehide', () => library.suspend());
addEventListener('pageshow', ({ persisted }) => {
  if (persisted) void library.resume();
});

const mobileData = createMobileData();
mobileData.watch((isMobile) => library.changeNetwork(isMobile));

const attendant = new Attendant(library, {
  keepAwake: createWakeLock(),
  guardClosing: createClosingGuard(),
  tellComplete: (name) => giveNotice(say('notice.complete', { name })),
});
readInTurn(() => attendant.look());
// Before the guard of the tab is asked: somebody may have come since.
addEventListener('beforeunload', () => attendant.look(), { capture: true });

const device: Device = { copyText, shareLink, noticePermission, askForNotices, knowsMobileData: mobileData.isKnown };

/** Few people need it: it is fetched with the page that shows it. */
const runCheck: RunCheck = async (kind) => {
  const { runCheck: run } = await import('./adapters/check-up.ts');
  const askedServers = async (): Promise<readonly RTCIceServer[]> => {
    await iceServers.refresh();
    return iceServers.current();
  };
  return run(kind, { signalUrl: signalAddress(), iceServers: askedServers });
};

const intake: FileIntake = {
  pickedFrom,
  droppedFrom,
  pastedFrom,
  canPickFolders: canPickFolders(),
  receiveHandedOver: (onFiles) =>
    void receiveHandedOver((files) => onFiles(files.map((file) => ({ path: [file.name], file })))),
};

const show = (): void =>
  render(
    <App
      library={library}
      device={device}
      intake={intake}
      runCheck={runCheck}
      rememberLanguage={languageMemory.remember}
    />,
    document.querySelector('#app')!,
  );

// Without its texts, the page speaks English. Nothing is awaited here: that would keep the bundler from making one chunk of it all.
speak(pickLanguage([languageMemory.recall() ?? '', ...navigator.languages])).then(show, show);

// When the page is there, and nothing it needs has to wait for it. A language that had to be fetched may be later than that.
if (import.meta.env.PROD) {
  const keep = (): void => {
    // The first figure of a page takes Intl 30 ms.
    formatBytes(0);
    void keepShell(SHELL_WORKER, () => import('./on-demand.ts'));
  };
  if (document.readyState === 'complete') keep();
  else addEventListener('load', keep);
}

function signalLink(urls: readonly string[], report: (fact: SignalFact) => void): SignalLink {
  if (urls.length === 1) return createSignalSocket({ url: urls[0], report });
  const makers = urls.map((url) => (tell: typeof report) => createSignalSocket({ url, report: tell }));
  return present(connecting.createTrackerGroup, 'the tracker group')(makers, report);
}

/** The signal server is where the page came from. */
function signalAddress(): string {
  return `${location.protocol === 'https:' ? 'wss' : 'ws'}://${location.host}/signal`;
}

/** There is one registry in a tab, since it remembers what the tab holds. An attempt that failed is made again. */
function onceOpened(open: () => Promise<StoreRegistry>): () => Promise<StoreRegistry> {
  let opening: Promise<StoreRegistry> | null = null;
  return () => {
    opening ??= open().catch((error: unknown) => {
      opening = null;
      throw error;
    });
    return opening;
  };
}
