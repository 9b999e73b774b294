/** A page that few people open: its code is fetched when somebody does, and nothing is shown until it is here. */
import type { FunctionComponent, JSX } from 'preact';

import { useLoaded } from './use-loaded.ts';

export interface FetchedProps<Props> {
  /** Must stay the same. */
  readonly load: () => Promise<FunctionComponent<Props>>;
  readonly props: Props;
}

export function Fetched<Props extends object>({ load, props }: FetchedProps<Props>): JSX.Element | null {
  const Page = useLoaded(load);
  return Page && <Page {...props} />;
}
