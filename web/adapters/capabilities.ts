/** What this browser can do on this page. */
/**
 * Data channels to other tabs; without them there is nothing to do here. The type alone is looked at: an object made for a look
 * would count against the browser's limit until it is collected.
 */
export function canConnect(): boolean {
  return typeof RTCPeerConnection === 'function' && 'createDataChannel' in RTCPeerConnection.prototype;
}

/** Whether this page can write into a folder that the person chooses. */
export const supportsFolderPicker = (): boolean => 'showDirectoryPicker' in window;

/** Whether this page can have a service worker at all, and stream downloads by it. It may still be refused. */
export const canStreamDownloads = (): boolean => isSecureContext && 'serviceWorker' in navigator;
