/** Copying text by a real click, with the clipboard interface and without. */
import { afterEach, expect, test, vi } from 'vitest';
import { userEvent } from 'vitest/browser';

import { copyText } from './clipboard.ts';

const button = document.createElement('button');
button.textContent = 'Copy';
document.body.append(button);

/** What comes of a click on the button, and what the old copy command took. */
async function clickToCopy(text: string): Promise<{ outcome: boolean; taken: string }> {
  let taken = '';
  const onCopy = ({ target }: Event): void => void (target instanceof HTMLTextAreaElement && (taken = target.value));
  addEventListener('copy', onCopy);
  const outcome = new Promise<boolean>((resolve) => {
    button.addEventListener('click', () => void copyText(text).then(resolve), { once: true });
  });
  await userEvent.click(button);
  const result = { outcome: await outcome, taken };
  removeEventListener('copy', onCopy);
  return result;
}

afterEach(() => vi.restoreAllMocks());

test('the text goes to the clipboard', async () => {
  const write = vi.spyOn(navigator.clipboard, 'writeText').mockResolvedValue();
  expect(await clickToCopy('http://example.org/#1')).toEqual({ outcome: true, taken: '' });
  expect(write).toHaveBeenCalledWith('http://example.org/#1');
});

test.each([
  ['is missing, as on plain-http pages', () => vi.spyOn(navigator, 'clipboard', 'get').mockReturnValue(undefined!)],
  [
    'refuses',
    () => vi.spyOn(navigator.clipboard, 'writeText').mockRejectedValue(new DOMException('', 'NotAllowedError')),
  ],
])('where the clipboard %s, the old command copies, and the focus comes back', async (_, arrange) => {
  arrange();
  expect(await clickToCopy('http://192.0.2.1:8080/#2')).toEqual({ outcome: true, taken: 'http://192.0.2.1:8080/#2' });
  expect(document.activeElement).toBe(button);
  expect(document.querySelector('textarea')).toBeNull();
});

test('where nothing copies, that is said', async () => {
  vi.spyOn(navigator, 'clipboard', 'get').mockReturnValue(undefined!);
  vi.spyOn(document, 'execCommand').mockReturnValue(false);
  expect(await clickToCopy('x')).toMatchObject({ outcome: false });
});
