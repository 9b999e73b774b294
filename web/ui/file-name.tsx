/** A file name that a stranger chose, in any script and of any length, made fit to be shown. */
import type { JSX } from 'preact';

/** Room for a name where it stands by itself, in characters. */
const CHARACTERS_MAX = 80;

/** What is kept of the end of a name that is shortened: its ending, and what tells it from its likes. */
const ENDING = 16;

/** Marks that turn the direction of writing could make "gnp.exe" look like "exe.png"; control characters show as nothing. */
// oxlint-disable-next-line no-control-regex -- these are the very characters to find
const UNSHOWN = /[\u0000-\u001f\u007f-\u009f\u200e\u200f\u202a-\u202e\u2066-\u2069]/g;

/** The name as one writes it in a sentence or on a button; longer ones than `charactersMax` are shortened in the middle. */
export function shownName(name: string, charactersMax = CHARACTERS_MAX): string {
  const characters = Array.from(name.replace(UNSHOWN, ''));
  if (characters.length <= charactersMax) return characters.join('');
  const beginning = characters.slice(0, charactersMax - ENDING - 1);
  return `${beginning.join('')}…${characters.slice(-ENDING).join('')}`;
}

/** The name, set apart from the text around it in a direction of its own. */
export function FileName({ name }: { readonly name: string }): JSX.Element {
  return (
    <bdi class="file-name" title={name.replace(UNSHOWN, '')}>
      {shownName(name)}
    </bdi>
  );
}
