/** The browser's own question before a tab is closed or left, while others still need it. */

/** Tells whether they do. The words of the question are the browser's. */
export function createClosingGuard(): (isNeeded: boolean) => void {
  let isAsking = false;
  addEventListener('beforeunload', (event) => isAsking && event.preventDefault());
  return (isNeeded) => {
    isAsking = isNeeded;
  };
}
