/** The browser's own question before a tab is closed or left, while others still need it. */

/** Tells whether they do. The words of the question are the browser's. */
export function createClosingGuard(): (isNeeded: boolean) => void {
  const ask = (event: BeforeUnloadEvent): void => event.preventDefault();
  return (isNeeded) => {
    // Only while it is needed: a page that listens may be kept out of the browser's cache for going back.
    if (isNeeded) addEventListener('beforeunload', ask);
    else removeEventListener('beforeunload', ask);
  };
}
