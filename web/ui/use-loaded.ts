/** Parts of the page that few people open, fetched when somebody does. */
import { useEffect, useState } from 'preact/hooks';

import { seconds } from '../../shared/base/time.ts';

/** Between two attempts, while the server is out of reach. */
const AGAIN_MS = seconds(3);

/** What `load` gives; null before. Nothing is fetched while `load` is null; each one must stay the same. */
export function useLoaded<T>(load: (() => Promise<T>) | null): T | null {
  const [loaded, setLoaded] = useState<{ readonly value: T } | null>(null);
  useEffect(() => {
    if (load === null) return undefined;
    let isWanted = true;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const again = (): void => {
      if (isWanted) timer = setTimeout(attempt, AGAIN_MS);
    };
    const attempt = (): void => void load().then((value) => setLoaded({ value }), again);
    attempt();
    return () => {
      isWanted = false;
      clearTimeout(timer);
    };
  }, [load]);
  return loaded?.value ?? null;
}
