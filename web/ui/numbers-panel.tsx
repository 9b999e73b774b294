/** The numbers behind the state, for who wants to see them: speed over time and every piece. Drawn only while it is open. */
import type { JSX } from 'preact';
import { useState } from 'preact/hooks';

import type { SwarmView } from '../app/swarm-view.ts';
import { say } from './language.ts';
import { PieceMap } from './piece-map.tsx';
import { SpeedGraph } from './speed-graph.tsx';

export interface NumbersPanelProps {
  readonly view: SwarmView;
  /** Read anew each time it is drawn; null before anything is known of the pieces. */
  readonly readPieces: () => Uint8Array | null;
}

export function NumbersPanel({ view, readPieces }: NumbersPanelProps): JSX.Element {
  const [isOpen, setIsOpen] = useState(false);
  const map = isOpen ? readPieces() : null;
  return (
    <details class="numbers" onToggle={({ currentTarget }) => setIsOpen(currentTarget.open)}>
      <summary>{say('numbers.title')}</summary>
      {isOpen && <SpeedGraph history={view.history} />}
      {map !== null && map.length > 0 && <PieceMap map={map} />}
    </details>
  );
}
