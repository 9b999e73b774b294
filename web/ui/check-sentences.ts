/** What a person reads of each check: its name, and a sentence that a teacher can act on. */
import type { CheckKind, CheckResult } from '../app/check-up.ts';
import { formatBytes } from './format.ts';
import { say } from './language.ts';

export function checkName(kind: CheckKind): string {
  return say(`check.${kind}.name`);
}

export function checkSentence(result: CheckResult): string {
  switch (result.kind) {
    case 'secure':
      return result.isSecure ? say('check.secure.good') : say('check.secure.note');
    case 'webrtc':
      return result.isThere ? say('check.webrtc.good') : say('check.webrtc.bad');
    case 'channel':
      return result.millis === null ? say('check.channel.bad') : say('check.channel.good', timeOf(result.millis));
    case 'server':
      return result.millis === null ? say('check.server.bad') : say('check.server.good', timeOf(result.millis));
    case 'storage':
      if (!result.canStore) return say('check.storage.bad');
      return result.freeBytes === null
        ? say('check.storage.unknown')
        : say('check.storage.good', { size: formatBytes(result.freeBytes) });
    case 'stun':
      return say(`check.stun.${result.outcome}`);
  }
}

const timeOf = (millis: number): { count: number } => ({ count: Math.max(1, Math.round(millis)) });
