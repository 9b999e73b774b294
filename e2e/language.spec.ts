/** The page speaks the language of the browser, or the one that was chosen. */
import { expect, share, test } from './fixtures.ts';

/** What the button says that begins it all. */
const CHOOSE = {
  en: 'Choose files',
  ko: '파일 선택',
  de: 'Dateien auswählen',
  es: 'Elegir archivos',
  fr: 'Choisir des fichiers',
  zh: '选择文件',
  ar: 'اختيار ملفات',
} as const;

test('every language renders, in its own direction', async ({ server, tab }) => {
  const page = await tab();
  await page.goto(server.origin);
  for (const [language, words] of Object.entries(CHOOSE)) {
    await page.locator('footer select').selectOption(language);
    await expect(page.getByText(words, { exact: true })).toBeVisible();
    await expect(page.locator('html')).toHaveAttribute('lang', language);
    await expect(page.locator('html')).toHaveAttribute('dir', language === 'ar' ? 'rtl' : 'ltr');
  }
  await page.reload();
  await expect(page.getByText(CHOOSE.ar, { exact: true })).toBeVisible();
});

test.describe('in a browser that asks for Swiss German', () => {
  test.use({ locale: 'de-CH' });

  test('a share is told in German, and only German is fetched', async ({ server, sample, tab }) => {
    const page = await tab();
    const fetched: string[] = [];
    page.on('response', (response) => fetched.push(response.url()));
    await page.goto(server.origin);
    await page
      .locator('input[type=file]')
      .first()
      .setInputFiles((await sample('notizen.txt', 1000)).path);
    await expect(page.getByText('Wird geteilt', { exact: true })).toBeVisible();
    expect(fetched.filter((url) => /\/(ko|de|es|fr|zh|ar)-[^/]*\.js$/.test(url))).toHaveLength(1);
  });
});

test('a language that cannot be fetched leaves the page as it is', async ({ server, sample, tab }) => {
  const page = await tab();
  await share(page, server.origin, await sample('notes.txt', 1000));
  await server.kill();
  await page.locator('footer select').selectOption('fr');
  await expect(page.locator('footer select')).toHaveValue('en');
  await expect(page.getByText('Sharing', { exact: true })).toBeVisible();
});
