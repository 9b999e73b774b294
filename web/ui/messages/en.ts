/**
 * The texts of the page in English, the language that the others are translated from, and the one that is always loaded; but for
 * those that come with a part of the page that is fetched on demand (`en-*`).
 * A message is a whole sentence, label or word; sentences are never put together from parts, since other languages order
 * them differently. What stands in `{braces}` is filled in; of plural forms, `count` chooses one.
 */
import type { Message, Plural } from '../message.ts';
import type { enOfCheckUp } from './en-check-up.ts';
import type { enOfFiles } from './en-files.ts';
import type { enOfNotice } from './en-notice.ts';
import type { enOfPanels } from './en-panels.ts';
import type { enOfRefusals } from './en-refusals.ts';
import type { enOfStored } from './en-stored.ts';
import type { enOfWrongLink } from './en-wrong-link.ts';

export const en = {
  'app.promise':
    'Files go from browser to browser, encrypted on the way. The server only brings people together; it never sees a file.',
  'app.dropHere': 'Drop to share',
  'app.shareFiles': 'Share files',
  'app.language': 'Language',
  'app.check': 'Check the connection',

  'home.lead': 'Send files by a link. Everyone who opens it downloads from you and from each other.',
  'home.chooseFiles': 'Choose files',
  'home.chooseFolder': 'Choose a folder',
  'home.orDrop': 'or drop or paste them anywhere on this page',
  'home.link': 'Do you have a link or a code?',
  'home.openLink': 'Open',
  'home.noLink': 'This is neither a link nor a code. A code has eight groups of four letters or digits.',
  'home.openHere': 'Open in this tab',
  'home.show': 'Show',
  'home.stateAndPercent': '{state}, {percent}',

  'drop.nothing': 'The browser handed over no files. If the folder is not empty, choose them by a button.',

  'file.nameUnknown': 'A file whose name is not known yet',
  'file.titleUnknown': 'A file, not known yet',
  'file.nameComing': 'Its name and size come from the first person here.',
  'file.sizeComing': 'Its size comes from the first person here.',
  'file.partOfSize': '{part} of {size}',

  'stored.title': 'Stored on this device',
  'stored.titleNothing': 'Stored on this device: nothing',
  'stored.titleFiles': {
    one: 'Stored on this device: {count} file, {size}',
    other: 'Stored on this device: {count} files, {size}',
  },

  'preparing.region': 'It is being prepared',
  'preparing.word': 'Preparing',
  'preparing.sentence': 'Reading it once, to make its link. It stays on this device.',
  'preparing.bar': 'Preparing',
  'preparing.cancel': 'Cancel',

  'facts.speed': 'Speed',
  'facts.timeLeft': 'Time left',
  'facts.connected': 'Connected',
  'facts.passedOn': 'Passed on',
  'facts.uploaded': 'Uploaded',
  'facts.uploadSpeed': 'Upload speed',
  'facts.haveAll': 'Have all of it',
  'facts.wholeOf': '{whole} of {all}',
  'facts.people': { one: '{count} person', other: '{count} people' },

  'swarm.region': 'State',
  'swarm.bar': 'Received',
  'swarm.percentReceived': '{percent} received',
  'swarm.stopSharing': 'Stop sharing',
  'swarm.startAgain': 'Start again',
  'swarm.pause': 'Pause',
  'swarm.resume': 'Resume',
  'swarm.cancel': 'Cancel',
  'swarm.cancelQuestion': 'Stop, and delete what has arrived?',
  'swarm.cancelYes': 'Stop and delete',
  'swarm.cancelNo': 'Go on',
  'swarm.reload': 'Reload',

  'title.someFile': 'A file',
  'title.complete': '✓ {name}',
  'title.sharing': 'Sharing {name}',
  'title.stopped': 'Stopped: {name}',
  'title.progress': '{percent} {name}',
  'notice.complete': '{name} is complete',

  'share.link': 'Share link',
  'more.title': 'More',
  'share.copy': 'Copy link',
  'share.send': 'Send link…',
  'share.copied': '✓ Copied',
  'share.copyRefused': 'The browser did not let the page copy. The link is marked now: press Ctrl+C (⌘C on a Mac).',
  'share.qr': 'QR code of the share link',
  'share.qrLarge': 'Show large',
  'share.qrClose': 'Close',
  'share.onlyHere':
    'This link works on this computer only. To reach others, open this page by the network address that the server printed, and share from there.',

  'save.save': 'Save {name}',
  'save.folder': 'Save the folder {name}',
  'save.zip': 'Save as {name}',
  'save.cancel': 'Cancel saving',
  'save.saving': 'Saving… {percent}',
  'save.saved': 'Saved.',
  'save.downloaded': 'Saved; look among the downloads of your browser.',
  'save.handedToBrowser': 'Your browser is saving it now; look among its downloads.',
  'save.cancelled': 'Not saved.',
  'save.failed': 'It could not be saved. {reason}',

  'people.title': 'Who is connected',
  'numbers.title': 'Speed and pieces',
  'limits.title': 'Limits',
  'limits.titleUpload': 'Limits: upload {upload}',
  'limits.titleDownload': 'Limits: download {download}',
  'limits.titleBoth': 'Limits: upload {upload}, download {download}',

  'opening.word': 'Opening',
  'opening.sentence': 'Looking for what this browser has stored of this file…',
  'noWebrtc.word': 'Not possible here',
  'noWebrtc.sentence':
    'This browser cannot connect to others: WebRTC is missing or switched off. Use a current Chrome, Edge, Firefox or Safari.',
  'noStorage.word': 'Cannot store',
  'noStorage.sentence':
    '{reason} Without that, a file cannot be received. Allow site data for this page, or leave private browsing; it starts by itself then.',
  'crashed.word': 'Something broke',
  'crashed.sentence':
    'This is a mistake in Tabswarm, not yours. Reload the page; what was stored is still there. ({reason})',
  'stopped.word': 'Stopped',
  'stopped.paused': 'Paused',
  'stopped.sharer': 'This tab does not share the file any more. Others who have all of it can go on.',
  'stopped.whole':
    'This tab does not help others any more. The file is still stored in this browser, and you can save it.',
  'stopped.part': 'What has arrived is kept in this browser. Resume to get the rest.',
  'connecting.word': 'Connecting',
  'connecting.toServer': 'Connecting to the server, to learn who has this file…',
  'connecting.toPeople': 'Connecting to the people who have this file…',
  'connecting.forLong':
    'There are people with this link, but no connection to them comes about. They may have just left, or a network in between does not allow it, as in some offices and schools: try their Wi-Fi, or a phone’s hotspot. It keeps trying by itself.',
  'serverGone.word': 'Server out of reach',
  'serverGone.sentence':
    'The server that brings people together does not answer. If this lasts, check your network connection.',
  'serverGone.retryNow': 'Trying again now.',
  'serverGone.retryIn': 'Trying again in {seconds}.',
  'serverGone.beside': 'The server cannot be reached, so nobody new can join. Transfers go on.',
  'serverRefuses.word': 'Server refuses',
  'serverRefuses.sentence': 'The server did not let this tab join. It says: “{reason}” It asks again by itself.',
  'serverRefuses.beside': 'The server lets nobody new join. It says: “{reason}” Transfers go on.',
  'waiting.word': 'Waiting',
  'waiting.nobody':
    'Nobody who has this file is here right now. Ask the person who sent you the link to open their tab; it starts by itself then.',
  'waiting.nobodyForLong':
    'Still nobody with this file. The person who sent you the link has to open it, or share the file again. If you typed the link, compare it with theirs: one wrong character leads here. It starts by itself when somebody comes.',
  'waiting.partWasKept':
    'Only a part of this file was kept in this browser. Choose the same file again to go on sharing all of it, or wait for somebody who has it.',
  'waiting.restOfOwn':
    'The rest of this file is not here yet. Choose the same file again to go on sharing all of it, or wait for somebody who has it.',
  'waiting.forTurn':
    'Connected. Everybody who has more of the file is serving others right now; turns change every few seconds.',
  'waiting.forPieces': {
    one: 'Connected to {count} person. The next pieces come by themselves.',
    other: 'Connected to {count} people. The next pieces come by themselves.',
  },
  'waiting.stuck':
    'Nobody who is connected has the rest of this file. Ask the person who sent you the link to open their tab; it goes on by itself then.',
  'connected.word': 'Connected',
  'connected.first': {
    one: 'Connected to {count} person. The first pieces are on their way.',
    other: 'Connected to {count} people. The first pieces are on their way.',
  },
  'connected.next': {
    one: 'Connected to {count} person. The next pieces are on their way.',
    other: 'Connected to {count} people. The next pieces are on their way.',
  },
  'connected.findingName': {
    one: 'Connected to {count} person. Asking for the name and size of the file…',
    other: 'Connected to {count} people. Asking for the name and size of the file…',
  },
  'connected.toWebServer': 'Connected to a web server that has the file. The next pieces come by themselves.',
  'downloading.word': 'Downloading',
  'downloading.sentence': 'You can save the file when all of it is here. Keep this tab open.',
  'nothingChosen.word': 'Nothing chosen',
  'nothingChosen.sentence': 'Tick the files that you want below.',
  'noRoom.word': 'Not enough room',
  'noRoom.sentence':
    'It needs {needed}, but this browser has room for {free} only, so it does not begin. Free some space, or delete something below, and it begins by itself.',
  'noRoom.begin': 'Begin all the same',
  'unusable.word': 'Cannot be received',
  'unusable.sentence': '{reason} Ask the person who sent you the link to share the file here.',
  'storageFull.word': 'Cannot store more',
  'storageFull.sentence': '{reason} What could be deleted is listed below.',
  'storing.word': 'Storing',
  'storing.sentence': 'Everything has arrived. The last pieces are being put on disk…',
  'complete.word': 'Complete',
  'complete.sentence': 'All of it is here. While this tab stays open, it helps others to get the file too.',
  'sharing.word': 'Sharing',
  'sharing.nobody': 'Send the link. Whoever opens it gets the file from this tab.',
  'sharing.nobodyWhole': 'Those who opened the link get it from you and from each other.',
  'sharing.allWhole': 'Everybody who is connected has the whole file, and passes it on.',
  'sharing.someWhole': 'Some have all of it and pass it on. It is faster while you stay.',
  'safe.onlyHere': 'Not safe to close yet: only this tab has the file.',
  'safe.partElsewhere': 'Not safe to close yet: the others together have {percent} of it, the rest is only here.',
  'safe.yes': {
    one: 'Safe to close: {count} whole copy exists elsewhere, so the file lives on without this tab.',
    other: 'Safe to close: {count} whole copies exist elsewhere, so the file lives on without this tab.',
  },
  'copy.kept': 'A copy is kept in this browser, so a reload goes on sharing.',
  'copy.copying': 'Keeping a copy in this browser, so that a reload goes on sharing: {percent}.',
  'copy.failed': 'No copy could be kept in this browser, so do not reload this tab. {reason}',

  'trouble.no-room':
    'There is no room left on this device for more of the file. Free some space, and it goes on by itself.',
  'trouble.storage-forbidden':
    'This browser does not let the page store anything. Private windows and strict settings can be the cause.',
  'trouble.cannot-store': 'The browser could not store a part of the file on this device. It says: “{detail}”',
  'trouble.no-room-for-copy': 'There is not enough room on this device for a copy of the file.',
  'trouble.part-missing': 'A part of the file is missing on this device. Reload the page to fetch it again.',
  'trouble.file-too-large': '“{detail}” is larger than 200 GB, the most that can be shared.',
  'trouble.too-many-files':
    'There are more than 20,000 files, the most that can be shared. Pack them into an archive first.',
  'trouble.folder-too-deep': '“{detail}” has too many files, or folders in folders. Pack it into an archive first.',
  'trouble.folder-unreadable': '“{detail}” cannot be read.',
  'trouble.file-unreadable': '“{detail}” cannot be read, or was changed meanwhile. Choose it again.',
  'trouble.shared-file-unreadable': 'The file cannot be read any more. Choose it again to go on sharing.',
  'trouble.nothing-to-save': 'There is nothing to save yet.',
  'trouble.no-room-at-place':
    'There is no room for the file where you wanted to save it. Free some space, or choose another place.',
  'trouble.no-room-to-compose':
    'This window has no room to put the file together. Is it a private one? Open the link in a normal one. Otherwise close other tabs, and save again.',
  'trouble.not-saved': 'The browser says: “{detail}”',
  'trouble.metainfo-broken': 'The description of what is shared is damaged.',
  'trouble.torrent-file-too-large': 'This torrent file is too large.',
  'trouble.torrent-file-is-none': 'This is not a torrent file.',
  'trouble.link-of-version-2': 'This link is for a version 2 torrent. Only version 1 can be fetched so far.',
} as const satisfies Record<string, Message>;

/** All of English: this, and what comes with the parts of the page that say it. */
export type English = typeof en &
  typeof enOfCheckUp &
  typeof enOfFiles &
  typeof enOfNotice &
  typeof enOfPanels &
  typeof enOfRefusals &
  typeof enOfStored &
  typeof enOfWrongLink;

export type MessageKey = keyof English;

/** What each language file holds: the same messages, with the plural forms of its own language. */
export type Messages = { readonly [Key in MessageKey]: English[Key] extends string ? string : Plural };
