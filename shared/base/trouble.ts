/**
 * What stands in a person's way, as a word that crosses floors and languages: the page has a sentence for each. It travels as
 * text, `word` or `word: detail`, so that an Error's message and a fact's reason can carry it.
 */
export const TROUBLES = [
  /** The disk, or the share of it that the browser gives to the page, is full. */
  'no-room',
  /** The browser lets the page store nothing: a private window, or a setting. */
  'storage-forbidden',
  /** The browser did not store something. Detail: its own words. */
  'cannot-store',
  /** The copy of a shared file gives way to what others store. */
  'no-room-for-copy',
  /** A stored piece is not there any more. */
  'part-missing',
  /** Detail: the name. */
  'file-too-large',
  'too-many-files',
  /** Too many files, or folders in folders. Detail: the name. */
  'folder-too-deep',
  /** Detail: the name. */
  'folder-unreadable',
  /** It was changed, moved or deleted since it was chosen. Detail: the name. */
  'file-unreadable',
  /** The same while it is shared. */
  'shared-file-unreadable',
  'nothing-to-save',
  /** Where the person wants to save it. */
  'no-room-at-place',
  /** In the memory of a private window. */
  'no-room-to-compose',
  /** Detail: the browser's own words. */
  'not-saved',
  /** A web server that has the file: out of reach, or not to be read by pages of others (CORS). Browsers do not tell which. */
  'web-seed-closed',
  /** It sends whole files only. */
  'web-seed-without-ranges',
  /** Detail: the status it answers with. */
  'web-seed-refuses',
  'web-seed-broke-off',
  /** It sends more or less than it was asked for. */
  'web-seed-other-size',
  /** What it sent is not what the link stands for. */
  'web-seed-lies',
  /** The info dictionary is not one of BEP 3. Detail: what is wrong with it, for a log. */
  'metainfo-broken',
  'torrent-file-too-large',
  'torrent-file-is-none',
  'link-too-long',
  'link-of-version-2',
  'link-names-no-torrent',
  'link-is-none',
  /** Detail: how many of 40 digits are there. */
  'link-too-short',
  /** Detail: how many digits there are instead of 40. */
  'link-has-more-digits',
] as const;

export type Trouble = (typeof TROUBLES)[number];

const SEPARATOR = ': ';

/** The text that carries it. */
export const troubleText = (trouble: Trouble, detail?: string): string =>
  detail === undefined ? trouble : `${trouble}${SEPARATOR}${detail}`;

/** An Error that carries it. */
export const troubleError = (trouble: Trouble, detail?: string): Error => new Error(troubleText(trouble, detail));

/** What a text carries; null when it is something else, such as a browser's or a server's own words. */
export function readTrouble(text: string): { readonly trouble: Trouble; readonly detail: string } | null {
  const [word] = text.split(SEPARATOR, 1);
  const trouble = TROUBLES.find((known) => known === word);
  return trouble === undefined ? null : { trouble, detail: text.slice(word.length + SEPARATOR.length) };
}
