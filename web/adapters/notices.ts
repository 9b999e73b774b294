/** Notifications of the system, for when another tab is in front. Never asked for by themselves. */

export type NoticePermission = 'granted' | 'denied' | 'not-asked' | 'missing';

/** Missing on plain-http origins, and where only installed apps may notify. */
export function noticePermission(): NoticePermission {
  if (!('Notification' in globalThis) || !isSecureContext) return 'missing';
  return Notification.permission === 'default' ? 'not-asked' : Notification.permission;
}

/** Asks the person. Must be called in a click handler. */
export async function askForNotices(): Promise<NoticePermission> {
  if (noticePermission() === 'not-asked') await Notification.requestPermission();
  return noticePermission();
}

/** Tells it if that is allowed and nobody is looking. A click on it brings the tab to the front. */
export function giveNotice(title: string): void {
  if (noticePermission() !== 'granted' || document.visibilityState === 'visible') return;
  try {
    const notice = new Notification(title, { tag: title });
    notice.addEventListener('click', () => {
      focus();
      notice.close();
    });
  } catch {
    // Chromium on Android notifies through a service worker only: the title of the window has to do.
  }
}
