/** Moments in the past, as a person says them. */
import { spokenLanguage } from './language.ts';

/**
 * How long ago something was, at moments in milliseconds since 1970: "now", "5 minutes ago", "yesterday"; what is longer ago than a
 * week, as its date.
 */
export function formatAgo(at: number, now: number): string {
  const minutes = Math.max(0, Math.floor((now - at) / 60_000));
  const relative = new Intl.RelativeTimeFormat(spokenLanguage(), { numeric: 'auto' });
  if (minutes < 1) return relative.format(0, 'second');
  if (minutes < 60) return relative.format(-minutes, 'minute');
  if (minutes < 24 * 60) return relative.format(-Math.floor(minutes / 60), 'hour');
  if (minutes < 7 * 24 * 60) return relative.format(-Math.floor(minutes / (24 * 60)), 'day');
  return new Intl.DateTimeFormat(spokenLanguage(), { dateStyle: 'medium' }).format(at);
}
