/** The texts inside the panels that are closed at first, in English: they come with what is shown when one is opened. */
import type { Message } from '../message.ts';

export const enOfPanels = {
  'more.hint': 'For other BitTorrent programs that speak WebRTC, such as WebTorrent.',
  'more.copyMagnet': 'Copy magnet link',
  'more.saveTorrent': 'Save torrent file',
  'people.nobody': 'Nobody at the moment.',
  'people.program': 'Program',
  'people.programUnknown': 'Unknown',
  'people.direct': 'direct',
  'people.relayed': 'relayed',
  'people.webServer': 'web server',
  'people.has': 'Has',
  'people.givesYou': 'Gives you',
  'people.getsFromYou': 'Gets from you',
  'people.atLeast': '{percent}+',
  'people.mayHaveMore': '+ may have more than it shows so far',
  'people.more': { one: 'and {count} more', other: 'and {count} more' },
  'room.title': 'To make room, delete',
  'room.nothing':
    'Nothing else is stored here that could be deleted. Free space on this device, or open the link in another browser.',
  'numbers.graph':
    'Speed in the last minute and a half: now {download} down and {upload} up, the top of the graph is {most}.',
  'numbers.download': 'down {rate}',
  'numbers.upload': 'up {rate}',
  'numbers.top': 'top of the graph {rate}',
  'pieces.here': { one: '{here} of {count} piece is here', other: '{here} of {count} pieces are here' },
  'pieces.coming': { one: '{count} on its way', other: '{count} on their way' },
  'pieces.rarest': { one: 'the rarest of the rest exists once', other: 'the rarest of the rest exists {count} times' },
  'pieces.nowhere': {
    one: '{count} is with nobody who is connected',
    other: '{count} are with nobody who is connected',
  },
  'limits.upload': 'Upload',
  'limits.download': 'Download',
  'limits.uploadUnit': 'Unit of the upload limit',
  'limits.downloadUnit': 'Unit of the download limit',
  'limits.none': 'no limit',
  'limits.sparesMobileData': 'Upload nothing on mobile data',
  'limits.onMobileData': 'This device is on mobile data, so nothing is uploaded now.',
  'limits.notARate': 'A number such as 500 or 1.5, or nothing for no limit.',
  'limits.hint': 'For each file, in this and later visits on this device. Who uploads less is often served less.',
} as const satisfies Record<string, Message>;
