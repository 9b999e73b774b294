/** The texts of the files that this device keeps, in English: they come with the rows that show them. */
import type { Message } from '../message.ts';

export const enOfStored = {
  'stored.copies': { one: '{count} copy', other: '{count} copies, one for each tab, {size} in all' },
  'stored.shared': 'shared from here',
  'stored.complete': 'complete',
  'stored.part': 'not complete yet',
  'stored.lastUsed': 'last used {when}',
  'stored.openHere': 'open in this tab',
  'stored.openElsewhere': { one: 'open in another tab', other: 'open in {count} other tabs' },
  'stored.openHereAndElsewhere': {
    one: 'open in this tab and another tab',
    other: 'open in this tab and {count} other tabs',
  },
  'stored.closeToDelete': {
    one: 'open in another tab: close it to delete it',
    other: 'open in {count} other tabs: close them to delete it',
  },
  'stored.open': 'Open',
  'stored.delete': 'Delete',
  'stored.deleteForGood': 'Delete for good',
  'stored.keep': 'Keep',
  'stored.deleteQuestion': {
    one: 'Delete it from this device?',
    other: 'Delete {count} copies from this device?',
  },
  'stored.thisTabLeaves': 'This tab leaves the swarm too.',
  'stored.elsewhereStays': {
    one: 'What is open in another tab stays.',
    other: 'What is open in {count} other tabs stays.',
  },
} as const satisfies Record<string, Message>;
