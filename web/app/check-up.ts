/** The check-up: what a connection needs, tried one by one before a lesson begins, and what to think of each outcome. */

export type CheckResult =
  /** The origin is https, or this very computer. */
  | { readonly kind: 'secure'; readonly isSecure: boolean }
  | { readonly kind: 'webrtc'; readonly isThere: boolean }
  /** A data channel of this page to itself; null when none came about. */
  | { readonly kind: 'channel'; readonly millis: number | null }
  /** `freeBytes`: null when the browser does not tell. */
  | { readonly kind: 'storage'; readonly canStore: boolean; readonly freeBytes: number | null }
  /** The WebSocket to the server; null when it did not open. */
  | { readonly kind: 'server'; readonly millis: number | null }
  /** Whether a STUN server told this device its public address; 'none': the server names no such server. */
  | { readonly kind: 'stun'; readonly outcome: 'answered' | 'silent' | 'none' };

export type CheckKind = CheckResult['kind'];

/** In the order in which they are shown. */
export const CHECKS: readonly CheckKind[] = ['webrtc', 'channel', 'server', 'stun', 'storage', 'secure'];

/** Runs one check. Never rejects, and never takes longer than some seconds. */
export type RunCheck = (kind: CheckKind) => Promise<CheckResult>;

/** 'note': it works, with less comfort or reach. */
export type Verdict = 'good' | 'note' | 'bad';

/** Below this, only small files can be received. */
const ROOM_MIN_BYTES = 500_000_000;

export function verdictOf(result: CheckResult): Verdict {
  switch (result.kind) {
    case 'secure':
      return result.isSecure ? 'good' : 'note';
    case 'webrtc':
      return result.isThere ? 'good' : 'bad';
    case 'channel':
    case 'server':
      return result.millis === null ? 'bad' : 'good';
    case 'storage':
      if (!result.canStore) return 'bad';
      return result.freeBytes !== null && result.freeBytes < ROOM_MIN_BYTES ? 'note' : 'good';
    case 'stun':
      return result.outcome === 'answered' ? 'good' : 'note';
  }
}
