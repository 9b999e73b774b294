/** Speed over time and every piece: what the panel of numbers fetches when it is opened. */
import type { JSX } from 'preact';

import type { SwarmView } from '../app/swarm-view.ts';
import { addEnglish } from './language.ts';
import { enOfPanels } from './messages/en-panels.ts';
import { PieceMap } from './piece-map.tsx';
import { SpeedGraph } from './speed-graph.tsx';

addEnglish(enOfPanels);

export interface NumbersProps {
  readonly view: SwarmView;
  /** A byte for each piece; null before anything is known of them. */
  readonly map: Uint8Array | null;
}

export function Numbers({ view, map }: NumbersProps): JSX.Element {
  return (
    <>
      <SpeedGraph history={view.history} />
      {map !== null && map.length > 0 && <PieceMap map={map} />}
    </>
  );
}
