/** Shows one state of the page: `?state=downloading&language=ko`. The page is the real one; only what it is told is made up. */
import { render } from 'preact';

import { NO_LIMITS } from '../../shared/base/rate-limits.ts';
import type { CheckKind, CheckResult } from '../../web/app/check-up.ts';
import type { Device } from '../../web/app/device.ts';
import type { Library } from '../../web/app/library.ts';
import { INFO_HASH } from '../../web/app/test-snapshot.ts';
import { App } from '../../web/ui/app.tsx';
import { type Language, speak } from '../../web/ui/language.ts';
import { type GalleryState, STATES, type StateName } from './states.ts';

const asked = new URLSearchParams(location.search);
const state: GalleryState = STATES[asked.get('state') as StateName];

const nothing = (): Promise<void> => Promise.resolve();
const { view, preparation, stored = [] } = state;

const session = view && {
  infoHash: INFO_HASH,
  view: () => view,
  start: () => undefined,
  stop: nothing,
  // Half of it here, some on their way, the rest more or less rare.
  pieceMap: () => Uint8Array.from({ length: 320 }, (_, at) => (at < 150 ? 255 : at < 156 ? 254 : (at * 7) % 4)),
  save: () => new Promise(() => undefined),
};

const library = {
  limits: { ...NO_LIMITS, sparesMobileData: true },
  limit: () => undefined,
  isOnMobileData: false,
  preparation: preparation ? { view: () => preparation, cancel: () => undefined } : null,
  sessions: session ? [session] : [],
  join: () => session,
  stored: () => Promise.resolve({ kind: 'files', files: stored }),
  deleteStored: nothing,
  discard: nothing,
} as unknown as Library;

const device: Device = {
  copyText: () => Promise.resolve(true),
  shareLink: nothing,
  noticePermission: () => 'not-asked',
  askForNotices: () => Promise.resolve('granted'),
  knowsMobileData: true,
};

const RESULTS: Readonly<Record<CheckKind, CheckResult>> = {
  webrtc: { kind: 'webrtc', isThere: true },
  channel: { kind: 'channel', millis: 84 },
  server: { kind: 'server', millis: null },
  stun: { kind: 'stun', outcome: 'none' },
  storage: { kind: 'storage', canStore: true, freeBytes: 8.2e9 },
  secure: { kind: 'secure', isSecure: false },
};

const runCheck = (kind: CheckKind): Promise<CheckResult> => Promise.resolve(RESULTS[kind]);

const intake = {
  pickedFrom: (input: HTMLInputElement) => Array.from(input.files ?? [], (file) => ({ path: [file.name], file })),
  droppedFrom: () => Promise.resolve([]),
  pastedFrom: () => [],
  canPickFolders: true,
  receiveHandedOver: () => undefined,
};

await speak((asked.get('language') ?? 'en') as Language);
location.hash = state.fragment;
render(
  <App library={library} device={device} intake={intake} runCheck={runCheck} rememberLanguage={() => undefined} />,
  document.querySelector('#app')!,
);
