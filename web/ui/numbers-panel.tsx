/** The numbers behind the state, for who wants to see them. Fetched, and drawn, only while they are open. */
import type { JSX } from 'preact';
import { useState } from 'preact/hooks';

import type { SwarmView } from '../app/swarm-view.ts';
import { say } from './language.ts';
import { useLoaded } from './use-loaded.ts';

export interface NumbersPanelProps {
  readonly view: SwarmView;
  /** Read anew each time it is drawn; null before anything is known of the pieces. */
  readonly readPieces: () => Uint8Array | null;
}

export function NumbersPanel(props: NumbersPanelProps): JSX.Element {
  const [isOpen, setIsOpen] = useState(false);
  return (
    <details class="numbers" onToggle={({ currentTarget }) => setIsOpen(currentTarget.open)}>
      <summary>{say('numbers.title')}</summary>
      {isOpen && <Opened {...props} />}
    </details>
  );
}

const loadNumbers = (): Promise<typeof import('./numbers.tsx')> => import('./numbers.tsx');

function Opened({ view, readPieces }: NumbersPanelProps): JSX.Element | null {
  const loaded = useLoaded(loadNumbers);
  return loaded && <loaded.Numbers view={view} map={readPieces()} />;
}
