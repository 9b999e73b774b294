/** How a component follows something that changes by itself: it reads it again, at most four times a second. */
import { useCallback, useEffect, useRef, useState } from 'preact/hooks';

import { readInTurn } from './reading-pace.ts';

/** What `read` gives, read again and again; and a function that has it read at once, for after a click. */
export function useReading<T>(read: () => T): readonly [value: T, refresh: () => void] {
  const latest = useRef(read);
  latest.current = read;
  const [value, setValue] = useState(read);
  const refresh = useCallback(() => setValue(() => latest.current()), []);
  useEffect(() => readInTurn(refresh), [refresh]);
  return [value, refresh];
}
