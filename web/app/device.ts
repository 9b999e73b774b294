/** What a screen may ask of the device it is shown on. `main.tsx` fills it with adapters. */

/** Whether the page may tell something while another tab is in front; 'missing' where browsers have no notifications. */
export type NoticePermission = 'granted' | 'denied' | 'not-asked' | 'missing';

export interface Device {
  /** Puts text on the clipboard; false when the browser does not let us. */
  readonly copyText: (text: string) => Promise<boolean>;
  /** Opens the share sheet of the system for a link; null where there is none. Resolves when it is closed. */
  readonly shareLink: ((link: { readonly title: string; readonly url: string }) => Promise<void>) | null;
  readonly noticePermission: () => NoticePermission;
  /** Asks the person. To be called in a click handler. */
  readonly askForNotices: () => Promise<NoticePermission>;
  /** Whether the browser knows when it is on mobile data. */
  readonly knowsMobileData: boolean;
}
