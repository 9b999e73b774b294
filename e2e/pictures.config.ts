/** Makes the pictures of README.md anew: `npm run build && npx playwright test --config e2e/pictures.config.ts`. */
import config from '../playwright.config.ts';

export default { ...config, testDir: '.', testMatch: 'pictures.ts' };
