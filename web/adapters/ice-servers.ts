/**
 * The servers that help this tab to connect, as the server of the page names them. Whoever cannot be asked is done without:
 * in one network they are not needed, and a tab that is sharing must not stop for them.
 */
import { type Millis, seconds } from '../../shared/base/time.ts';
import { type IceAnswer, decodeIceAnswer } from '../../shared/wire/ice-answer.ts';
import { isMalformed } from '../../shared/wire/malformed.ts';

export interface IceServers {
  /** Asks, unless what is known is still good. Resolves soon, also without an answer. */
  readonly refresh: () => Promise<void>;
  /** What is known; begins to ask anew when it is growing old. */
  readonly current: () => readonly RTCIceServer[];
}

/** How long an answer may take: connections wait for it. */
const ANSWER_TIMEOUT_MS = seconds(3);

/** Time before a question that got no answer is asked again. */
const RETRY_MS = seconds(30);

export function createIceServers(options: { readonly url: string; readonly now: () => Millis }): IceServers {
  const { url, now } = options;
  let known: readonly RTCIceServer[] = [];
  let goodUntil: Millis = -Infinity;
  let asking: Promise<void> | null = null;

  const ask = async (): Promise<void> => {
    goodUntil = now() + RETRY_MS;
    const answer = await fetchAnswer(url);
    if (answer === null) return;
    known = answer.iceServers.map(({ urls, ...rest }) => ({ urls: [...urls], ...rest }));
    // At half of its life, so that a connection made with it lasts as long as that at least.
    goodUntil = now() + seconds(answer.lifetimeSeconds / 2);
  };
  const refresh = (): Promise<void> => {
    if (asking === null && now() < goodUntil) return Promise.resolve();
    asking ??= ask().finally(() => (asking = null));
    return asking;
  };
  return {
    refresh,
    current: () => {
      void refresh();
      return known;
    },
  };
}

async function fetchAnswer(url: string): Promise<IceAnswer | null> {
  try {
    const response = await fetch(url, { cache: 'no-store', signal: AbortSignal.timeout(ANSWER_TIMEOUT_MS) });
    const answer = response.ok ? decodeIceAnswer(await response.text()) : null;
    return isMalformed(answer) ? null : answer;
  } catch {
    return null;
  }
}
