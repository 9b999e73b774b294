/** The system's own sheet for passing on a link. The one place that knows the Web Share API. */

export type ShareLink = (link: { readonly title: string; readonly url: string }) => Promise<void>;

/** Opens it; must be called in a click handler. Resolves when it is closed, whatever came of it. */
export const shareLink: ShareLink | null =
  'share' in navigator ? (link) => navigator.share(link).catch(() => undefined) : null;
