/** The texts of the offer to tell when a download is done, in English: they come with it. */
import type { Message } from '../message.ts';

export const enOfNotice = {
  'notice.ask': 'Tell me when it is done',
  'notice.granted': 'You will be told when it is done.',
  'notice.denied': 'The browser does not let this page tell you. The title of the tab shows how far it is.',
} as const satisfies Record<string, Message>;
