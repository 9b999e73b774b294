/** The page as an app: kept for when there is no network, and opened by other programs of the device with files in hand. */
import { seconds } from '../../shared/base/time.ts';

/** What TypeScript's DOM types do not know: Chromium's launch queue. */
interface LaunchWindow {
  readonly launchQueue: {
    setConsumer: (consume: (launch: { readonly files: readonly FileSystemFileHandle[] }) => void) => void;
  };
}

/** The page is there, and has made its first connections, after so long: to keep it would take the processor from them. */
export const KEEP_AFTER_MS = seconds(3);

/**
 * Fetches the rest of the page, in a moment, and keeps all of it. That is for secure origins only; elsewhere, and where it is refused,
 * only an open page does without its server.
 */
export async function keepShell(workerUrl: URL, fetchRest: () => Promise<unknown>): Promise<void> {
  await new Promise((resolve) => setTimeout(resolve, KEEP_AFTER_MS));
  // Without the rest, what is here can be kept nevertheless.
  await fetchRest().catch(() => undefined);
  if (!isSecureContext || !('serviceWorker' in navigator)) return;
  try {
    await navigator.serviceWorker.register(workerUrl, { scope: '/' });
    const { active } = await navigator.serviceWorker.ready;
    active?.postMessage(performance.getEntriesByType('resource').map(({ name }) => name));
  } catch {
    // Private windows of some browsers have none.
  }
}

/** Calls `onFiles` with what another program hands over: by the share menu before this page was opened, or by "open with". */
export async function receiveHandedOver(onFiles: (files: readonly File[]) => void): Promise<void> {
  if ('launchQueue' in window) {
    (window as unknown as LaunchWindow).launchQueue.setConsumer(({ files }) => {
      Promise.all(files.map((handle) => handle.getFile())).then(
        (opened) => opened.length > 0 && onFiles(opened),
        () => undefined,
      );
    });
  }
  if (location.search !== '?handed-over') return;
  history.replaceState(null, '', `/${location.hash}`);
  const { active } = await navigator.serviceWorker.ready;
  const { port1, port2 } = new MessageChannel();
  port1.addEventListener('message', ({ data }: MessageEvent<readonly File[]>) => data.length > 0 && onFiles(data));
  port1.start();
  active?.postMessage('handed-over', [port2]);
}
