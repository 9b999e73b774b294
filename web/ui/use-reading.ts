/** How a component follows something that changes by itself: it reads it again, twice a second and when there is news. */
import { useCallback, useEffect, useState } from 'preact/hooks';

import { readInTurn } from './reading-pace.ts';

/** What `read` gives, read whenever it is drawn, and again and again; and a function that has it read at once, for after a click. */
export function useReading<T>(read: () => T): readonly [value: T, refresh: () => void] {
  const [, setReadings] = useState(0);
  const refresh = useCallback(() => setReadings((count) => count + 1), []);
  useEffect(() => readInTurn(refresh), [refresh]);
  return [read(), refresh];
}
