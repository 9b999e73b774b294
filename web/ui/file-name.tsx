/** A file name that a stranger chose, in any script and of any length, made fit to be shown. */
import type { JSX } from 'preact';

/** Names longer than this are shortened in the middle, so that their beginning and their ending both stay visible. */
const CHARACTERS_MAX = 80;
const BEGINNING = 56;
const ENDING = 20;

/** Marks that turn the direction of writing could make "gnp.exe" look like "exe.png"; control characters show as nothing. */
// oxlint-disable-next-line no-control-regex -- these are the very characters to find
const UNSHOWN = /[\u0000-\u001f\u007f-\u009f\u200e\u200f\u202a-\u202e\u2066-\u2069]/g;

/** The name as one writes it in a sentence or on a button. */
export function shownName(name: string): string {
  const characters = Array.from(name.replace(UNSHOWN, ''));
  if (characters.length <= CHARACTERS_MAX) return characters.join('');
  return `${characters.slice(0, BEGINNING).join('')}…${characters.slice(-ENDING).join('')}`;
}

/** The name, set apart from the text around it in a direction of its own. */
export function FileName({ name }: { readonly name: string }): JSX.Element {
  return (
    <bdi class="file-name" title={name.replace(UNSHOWN, '')}>
      {shownName(name)}
    </bdi>
  );
}
