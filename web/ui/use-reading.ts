/** How a component follows something that changes by itself: it reads it again, at most four times a second. */
import { useCallback, useEffect, useRef, useState } from 'preact/hooks';

import { type Millis, seconds } from '../../shared/base/time.ts';

/** Four readings a second look steady, and cost nothing. */
const READ_EVERY_MS: Millis = seconds(1) / 4;

/** What `read` gives, read again and again; and a function that has it read at once, for after a click. */
export function useReading<T>(read: () => T): readonly [value: T, refresh: () => void] {
  const latest = useRef(read);
  latest.current = read;
  const [value, setValue] = useState(read);
  const refresh = useCallback(() => setValue(() => latest.current()), []);
  useEffect(() => {
    const timer = setInterval(refresh, READ_EVERY_MS);
    return () => clearInterval(timer);
  }, [refresh]);
  return [value, refresh];
}
