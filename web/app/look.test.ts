/** Which files can be looked at. */
import { expect, test } from 'vitest';

import { lookOf } from './look.ts';

test.each([
  ['film.WebM', 'video', 'video/webm'],
  ['song.mp3', 'audio', 'audio/mpeg'],
  ['photo.of.me.jpeg', 'image', 'image/jpeg'],
  ['paper.pdf', 'pdf', 'application/pdf'],
  ['page.html', 'text', 'text/plain'],
  ['drawing.svg', 'text', 'text/plain'],
])('%s is shown as %s, as %s', (name, kind, type) => {
  expect(lookOf(name)).toEqual({ kind, type });
});

test.each(['program.exe', 'noextension', '.pdf.zip', 'x.constructor', 'x.'])('%s is not shown', (name) => {
  expect(lookOf(name)).toBeNull();
});
