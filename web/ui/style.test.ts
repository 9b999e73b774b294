/** The colours of style.css against what is demanded of them: WCAG 2.2, 1.4.3 (text, 4.5) and 1.4.11 (outlines, 3). */
import { readFileSync } from 'node:fs';

import { expect, test } from 'vitest';

const css = readFileSync(new URL('./style.css', import.meta.url), 'utf8');
const [light, dark] = Array.from(css.matchAll(/:root \{([^}]*--paper[^}]*)\}/g), ([, block]) => coloursOf(block));

test.each([
  ['light', light],
  ['dark', dark],
])('in the %s scheme text is easy to read and outlines are easy to see', (_, colours) => {
  for (const ground of [colours['paper'], colours['card']]) {
    for (const text of ['ink', 'quiet', 'accent', 'accent-deep', 'alert']) {
      expect(contrast(colours[text], ground), `${text} on ${ground}`).toBeGreaterThanOrEqual(4.5);
    }
    expect(contrast(colours['line'], ground), `line on ${ground}`).toBeGreaterThanOrEqual(3);
  }
  expect(contrast(colours['on-accent'], colours['accent'])).toBeGreaterThanOrEqual(4.5);
  expect(contrast(colours['on-accent'], colours['accent-deep'])).toBeGreaterThanOrEqual(4.5);
});

function coloursOf(block: string): Record<string, string> {
  return Object.fromEntries(
    Array.from(block.matchAll(/--([a-z-]+): (#[0-9a-f]{6});/g), ([, name, hex]) => [name, hex]),
  );
}

function contrast(a: string, b: string): number {
  const [darker, lighter] = [luminance(a), luminance(b)].sort((one, other) => one - other);
  return (lighter + 0.05) / (darker + 0.05);
}

/** Relative luminance as WCAG defines it, of `#rrggbb`. */
function luminance(hex: string): number {
  const [red, green, blue] = [1, 3, 5].map((start) => {
    const share = Number.parseInt(hex.slice(start, start + 2), 16) / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}
