/** The title of the window, which tells of progress while another tab is in front. */
import { useLayoutEffect } from 'preact/hooks';

export function useTitle(title: string): void {
  // Other effects wait for a frame, which hidden pages do not draw.
  useLayoutEffect(() => {
    document.title = `${title} · Tabswarm`;
    return () => {
      document.title = 'Tabswarm';
    };
  }, [title]);
}
