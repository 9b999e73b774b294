/** The page that the address asks for, followed while it changes: by links, by the back button, by hand. */
import { useEffect, useState } from 'preact/hooks';

import { type Route, routeOf } from '../app/route.ts';

export function useRoute(): Route {
  const [route, setRoute] = useState(() => routeOf(location.hash));
  useEffect(() => {
    const follow = (): void => setRoute(routeOf(location.hash));
    addEventListener('hashchange', follow);
    return () => removeEventListener('hashchange', follow);
  }, []);
  return route;
}
