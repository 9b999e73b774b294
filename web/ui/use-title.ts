/** The title of the window, which tells of progress while another tab is in front. */
import { useEffect } from 'preact/hooks';

export function useTitle(title: string): void {
  useEffect(() => {
    document.title = `${title} · Tabswarm`;
    return () => {
      document.title = 'Tabswarm';
    };
  }, [title]);
}
