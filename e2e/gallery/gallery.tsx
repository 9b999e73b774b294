/**
 * Shows one state of the page: `?state=downloading&language=ko`; and another one without a load, by `showState`. The page is the real
 * one; only what it is told is made up.
 */
import { render } from 'preact';

import { NO_LIMITS } from '../../shared/base/rate-limits.ts';
import { createFollowingClock } from '../../web/adapters/steady-clock.ts';
import type { CheckKind, CheckResult } from '../../web/app/check-up.ts';
import type { Device } from '../../web/app/device.ts';
import type { Library } from '../../web/app/library.ts';
import { INFO_HASH } from '../../web/app/test-snapshot.ts';
import { App, type AppProps } from '../../web/ui/app.tsx';
import { type Language, speak } from '../../web/ui/language.ts';
import { readBy } from '../../web/ui/reading-pace.ts';
import { type GalleryState, STATES, type StateName } from './states.ts';

const nothing = (): Promise<void> => Promise.resolve();

function libraryIn({ view, viewAt, pieceCount = 320, preparation, stored = [], files }: GalleryState): Library {
  let readings = 0;
  const session = view && {
    infoHash: INFO_HASH,
    view: () => (viewAt === undefined ? view : viewAt((readings += 1))),
    content: files && { view: () => files, wanted: { choose: () => undefined } },
    start: () => undefined,
    stop: nothing,
    overfill: () => undefined,
    compareRoom: nothing,
    pieceMap: () => mapOf(pieceCount, readings),
    save: () => new Promise(() => undefined),
  };
  return {
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
}

/** Half of it here, some on their way, the rest more or less rare; in a swarm that gets on, more with every reading. */
function mapOf(pieceCount: number, readings: number): Uint8Array {
  const here = (pieceCount * 15) / 32 + readings;
  return Uint8Array.from({ length: pieceCount }, (_, at) => (at < here ? 255 : at < here + 6 ? 254 : (at * 7) % 4));
}

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

const intakeOf = ({ handedOver = [] }: GalleryState): AppProps['intake'] => ({
  pickedFrom: (input: HTMLInputElement) => Array.from(input.files ?? [], (file) => ({ path: [file.name], file })),
  droppedFrom: () => Promise.resolve([]),
  pastedFrom: () => [],
  canPickFolders: true,
  receiveHandedOver: (onFiles) => {
    if (handedOver.length > 0) onFiles(handedOver.map((name) => ({ path: [name], file: new File(['x'], name) })));
  },
});

async function showState(name: StateName, language: Language): Promise<void> {
  const state: GalleryState = STATES[name];
  await speak(language);
  const place = document.querySelector('#app')!;
  render(null, place);
  history.replaceState(null, '', `#${state.fragment}`);
  render(
    <App
      library={libraryIn(state)}
      device={device}
      intake={intakeOf(state)}
      runCheck={runCheck}
      rememberLanguage={() => undefined}
    />,
    place,
  );
  scrollTo(0, 0);
  const { fetched = 'main > *' } = state;
  while (document.querySelector(fetched) === null) await new Promise(requestAnimationFrame);
}

readBy(createFollowingClock());
Object.assign(globalThis, { showState });

const asked = new URLSearchParams(location.search);
await showState(asked.get('state') as StateName, (asked.get('language') ?? 'en') as Language);
