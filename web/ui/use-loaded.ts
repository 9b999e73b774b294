/** Parts of the page that few people open, fetched when somebody does. */
import { useEffect, useState } from 'preact/hooks';

/** What `load` gives; null before, and while the server is out of reach. `load` must stay the same. */
export function useLoaded<T>(load: () => Promise<T>): T | null {
  const [loaded, setLoaded] = useState<{ readonly value: T } | null>(null);
  useEffect(() => {
    load().then(
      (value) => setLoaded({ value }),
      () => undefined,
    );
  }, [load]);
  return loaded?.value ?? null;
}
