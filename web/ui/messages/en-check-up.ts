/** The texts of the check-up, in English: they come with its page, which few people open. */
import type { Message } from '../message.ts';

export const enOfCheckUp = {
  'check.title': 'Check the connection',
  'check.lead': 'Before a lesson or a meeting: what sharing needs, tried here and now.',
  'check.running': 'Trying…',
  'check.verdict.running': 'Running',
  'check.verdict.good': 'Good',
  'check.verdict.note': 'Note',
  'check.verdict.bad': 'Trouble',
  'check.webrtc.name': 'Browser',
  'check.webrtc.good': 'This browser can connect to other browsers.',
  'check.webrtc.bad':
    'WebRTC is missing or switched off. Use a current Chrome, Edge, Firefox or Safari, or ask whoever manages this device to allow it.',
  'check.channel.name': 'Data channel',
  'check.channel.good': {
    one: 'The page connected to itself in {count} millisecond.',
    other: 'The page connected to itself in {count} milliseconds.',
  },
  'check.channel.bad':
    'The page could not even connect to itself. An extension, a privacy setting or a firewall on this device blocks WebRTC: try without extensions, or another browser.',
  'check.server.name': 'Server',
  'check.server.good': {
    one: 'The server that brings people together answered in {count} millisecond.',
    other: 'The server that brings people together answered in {count} milliseconds.',
  },
  'check.server.bad':
    'The server cannot be reached by WebSocket. A proxy or filter may block it: ask the network’s administrator to allow WebSocket connections to this address.',
  'check.stun.name': 'Reach beyond this network',
  'check.stun.answered':
    'A helping server told this device its public address: people in other networks can often connect to it.',
  'check.stun.silent':
    'The helping server did not answer: people in this network can connect, others probably not. A firewall may block UDP.',
  'check.stun.none':
    'No helping server is set up, so connections work within one network only. All devices should use the same Wi-Fi.',
  'check.storage.name': 'Storage',
  'check.storage.good': 'This browser has room for {size}.',
  'check.storage.unknown': 'This browser stores files; how much room there is, it does not tell.',
  'check.storage.bad':
    'This browser stores nothing, so it can share but not receive. Allow site data for this page, or leave private browsing.',
  'check.secure.name': 'Address',
  'check.secure.good': 'The address is secure, so everything this page can do is available.',
  'check.secure.note':
    'The address begins with http, so browsers leave some comforts out: choosing where to save, notifications, installing as an app. Sharing and receiving work.',
  'check.meeting': 'Another device',
  'check.meetingWaits': 'Waiting for another device',
  'check.meetingHow':
    'Open this link on another device, in the network that is to be used. If nothing happens within half a minute, that network keeps devices apart: try another Wi-Fi or a phone’s hotspot.',
  'check.met.direct': 'Connected directly',
  'check.met.relayed': 'Connected through a relay',
  'check.metAndSent': 'The devices exchanged {size} and checked them. Sharing will work between them.',
} as const satisfies Record<string, Message>;
