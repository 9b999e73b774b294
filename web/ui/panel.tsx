/** A part of the page that is closed until somebody wants it; what is in it is fetched, and drawn, only while it is open. */
import type { ComponentChildren, JSX } from 'preact';
import { useState } from 'preact/hooks';

import { useLoaded } from './use-loaded.ts';

export interface PanelProps<Content> {
  readonly title: string;
  /** A class for the looks of it. */
  readonly look: string;
  /** Must stay the same. */
  readonly load: () => Promise<Content>;
  /** Draws what was fetched. */
  readonly children: (content: Content) => ComponentChildren;
}

export function Panel<Content>({ title, look, ...content }: PanelProps<Content>): JSX.Element {
  const [isOpen, setIsOpen] = useState(false);
  return (
    <details class={look} onToggle={({ currentTarget }) => setIsOpen(currentTarget.open)}>
      <summary>{title}</summary>
      {isOpen && <Opened {...content} />}
    </details>
  );
}

function Opened<Content>({ load, children }: Pick<PanelProps<Content>, 'load' | 'children'>): JSX.Element | null {
  const loaded = useLoaded(load);
  return loaded && <>{children(loaded)}</>;
}
