/** What this browser can do on this page. */
import { del, set, createStore } from 'idb-keyval';

export interface Capabilities {
  /** Data channels to other tabs. Without them there is nothing to do here. */
  readonly canConnect: boolean;
  /** IndexedDB takes a write. Without it nothing can be received. */
  readonly canStore: boolean;
  /** The page can write into a file that the person chooses. */
  readonly canPickSavePlace: boolean;
  /** A secure origin (https, or this very machine): Web Locks, clipboard, native hashing. */
  readonly isSecure: boolean;
}

export async function detectCapabilities(): Promise<Capabilities> {
  const canConnect = hasDataChannels();
  const canStore = await takesWrites();
  return {
    canConnect,
    canStore,
    canPickSavePlace: 'showSaveFilePicker' in window,
    isSecure: isSecureContext,
  };
}

/** Whether this page can write into a folder that the person chooses. */
export const supportsFolderPicker = (): boolean => 'showDirectoryPicker' in window;

/** The type alone: an object made for a look would count against the browser's limit until it is collected. */
function hasDataChannels(): boolean {
  return typeof RTCPeerConnection === 'function' && 'createDataChannel' in RTCPeerConnection.prototype;
}

/** Private windows of some browsers have an IndexedDB that fails only when it is used. */
async function takesWrites(): Promise<boolean> {
  try {
    const probe = createStore('tabswarm-probe', 'probe');
    await set('probe', new Blob(['probe']), probe);
    await del('probe', probe);
    return true;
  } catch {
    return false;
  }
}

/** Whether this page can have a service worker at all, and stream downloads by it. It may still be refused. */
export const canStreamDownloads = (): boolean => isSecureContext && 'serviceWorker' in navigator;
