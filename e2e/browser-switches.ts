/** Which parts of Chromium no test needs. */

/**
 * Pages of the browser's own for its address bar, a process for each window, and a process kept ready for the next tab: two thirds of what it costs to
 * open a tab in a new window.
 */
const EXTRAS = ['WebUIOmniboxPopup', 'WebUIOmniboxAimPopup', 'SpareRendererForSitePerProcess'];

/** What Playwright leaves out, since of two such switches only the last counts. */
const LEFT_OUT_BY_PLAYWRIGHT = [
  'AimEnabled',
  'AvoidCorsURLLoaderRestartOnRedirect',
  'AvoidUnnecessaryBeforeUnloadCheckSync',
  'DestroyProfileOnBrowserClose',
  'HttpsFirstBalancedModeAutoEnable',
  'HttpsUpgrades',
  'LensOverlay',
  'MediaRouter',
  'NetworkTimeServiceQuerying',
  'OptimizationHints',
  'PaintHolding',
  'PreconnectToSearch',
  'ThirdPartyStoragePartitioning',
];

/** The switch that starts a Chromium without all that, and without the `features` named. */
export function withoutExtras(...features: readonly string[]): string {
  return `--disable-features=${[...EXTRAS, ...LEFT_OUT_BY_PLAYWRIGHT, ...features].join()}`;
}
