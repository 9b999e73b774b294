/** The texts of the page for a link that leads nowhere, in English: they come with it. */
import type { Message } from '../message.ts';

export const enOfWrongLink = {
  'title.wrongLink': 'Wrong link',
  'wrongLink.title': 'This link leads nowhere',
  'wrongLink.hint': 'As soon as the right link is in the address bar, the page goes on by itself.',
  'trouble.link-too-long': 'This text is too long for a share link.',
  'trouble.link-names-no-torrent': 'This magnet link names no torrent. Ask for the link again.',
  'trouble.link-is-none': 'This is not a share link. Ask for the link again.',
  'trouble.link-too-short': 'The end of this link is missing: it has {detail} of 40 digits. Copy it whole.',
  'trouble.link-has-more-digits': 'This link has {detail} digits where 40 belong. Ask for the link again.',
} as const satisfies Record<string, Message>;
