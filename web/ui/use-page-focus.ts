/** Keeps the keyboard from getting lost when what it was on goes away: the focus moves to the start of what came instead. */
import { useEffect, useRef } from 'preact/hooks';

/** Focuses the main part of the page whenever `shown` has changed, as a browser does for a page that it loads. */
export function usePageFocus(shown: unknown): void {
  const before = useRef(shown);
  useEffect(() => {
    if (before.current === shown) return;
    before.current = shown;
    focusPage();
  }, [shown]);
}

/** Focuses the main part of the page. */
export function focusPage(): void {
  document.querySelector('main')?.focus({ preventScroll: true });
}
