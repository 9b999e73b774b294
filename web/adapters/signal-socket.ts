/** The WebSocket to the signal server. The one place that knows WebSocket. */
import { type Millis, seconds } from '../../shared/base/time.ts';
import type { SignalFact, SignalLink } from '../../shared/driver/ports.ts';
import { isMalformed } from '../../shared/wire/malformed.ts';
import { decodeServerMessage, encodeClientMessage } from '../../shared/wire/signal-codec.ts';
import { readRetryText } from '../../shared/wire/signal-retry.ts';

/** Browsers themselves may wait two minutes for a server that does not answer. */
const CONNECT_TIMEOUT_MS = seconds(15);

/** One that nobody uses yet. */
let ahead: WebSocket | null = null;

/** Opens a socket ahead of the link that will use it: by then, its three or four round trips are over. A tab has one at most. */
export function openAhead(url: string): void {
  const taken = takeAhead(url);
  ahead?.close();
  ahead = taken ?? open(url);
}

function takeAhead(url: string): WebSocket | null {
  if (ahead === null || ahead.url !== url || ahead.readyState > WebSocket.OPEN) return null;
  const taken = ahead;
  ahead = null;
  return taken;
}

/** Frames of the server that are no message are passed over: nothing that a person or the swarm could do about them. */
export function createSignalSocket(options: {
  readonly url: string;
  readonly report: (fact: SignalFact) => void;
}): SignalLink {
  const { url, report } = options;
  let socket: WebSocket | null = null;
  let timeout: ReturnType<typeof setTimeout> | undefined;

  const forget = (): void => {
    clearTimeout(timeout);
    socket = null;
  };
  const end = (reason: string, retryIn: Millis | null = null): void => {
    forget();
    report({ kind: 'signal-closed', reason, retryIn });
  };

  const connect = (): void => {
    close();
    const fresh = takeAhead(url) ?? open(url);
    if (fresh === null) {
      // Later, as every other fact: the caller is still in the midst of its own order.
      queueMicrotask(() =>
        report({ kind: 'signal-closed', reason: 'The address of the signal server cannot be used.', retryIn: null }),
      );
      return;
    }
    socket = fresh;
    let wasOpen = false;
    timeout = setTimeout(() => {
      end('The signal server does not answer.');
      fresh.close();
    }, CONNECT_TIMEOUT_MS);
    const opened = (): void => {
      if (socket !== fresh) return;
      wasOpen = true;
      clearTimeout(timeout);
      report({ kind: 'signal-opened' });
    };
    if (fresh.readyState === WebSocket.OPEN) queueMicrotask(opened);
    else fresh.addEventListener('open', opened);
    fresh.addEventListener('message', ({ data }: MessageEvent<unknown>) => {
      if (socket !== fresh || typeof data !== 'string') return;
      const message = decodeServerMessage(data);
      if (!isMalformed(message)) report({ kind: 'signal-message', message });
    });
    // `error` says nothing that `close` does not say as well.
    fresh.addEventListener('close', ({ code, reason }) => {
      if (socket === fresh) end(reasonOf(code, wasOpen), readRetryText(reason));
    });
  };

  const close = (): void => {
    const old = socket;
    forget();
    old?.close();
  };

  return {
    connect,
    close,
    send: (message) => {
      if (socket?.readyState === WebSocket.OPEN) socket.send(encodeClientMessage(message));
    },
  };
}

/** null for an address that is none. */
function open(url: string): WebSocket | null {
  try {
    return new WebSocket(url);
  } catch {
    return null;
  }
}

/** Close codes: RFC 6455, section 7.4.1. */
function reasonOf(code: number, wasOpen: boolean): string {
  if (!wasOpen) return 'The signal server cannot be reached.';
  if (code === 1001 || code === 1012) return 'The signal server is restarting.';
  if (code === 1008 || code === 1009) return 'The signal server refused what this tab sent.';
  if (code === 1013) return 'The signal server is too busy.';
  return 'The connection to the signal server was lost.';
}
