/** Keeps the screen, and with it the tab, awake while there is work. The one place that knows the Screen Wake Lock API. */

/** Tells whether there is work. Browsers take the lock back when the tab is hidden; it is asked for again when it is shown. */
export function createWakeLock(): (isBusy: boolean) => void {
  let isWanted = false;
  let lock: WakeLockSentinel | null = null;
  let isAsking = false;

  const follow = async (): Promise<void> => {
    const isMissing = lock === null || lock.released;
    if (!isWanted) {
      await lock?.release();
      lock = null;
    } else if (isMissing && document.visibilityState === 'visible') lock = await navigator.wakeLock.request('screen');
  };
  const update = (): void => {
    // Secure origins only; elsewhere the screen goes dark as always.
    if (isAsking || !('wakeLock' in navigator)) return;
    isAsking = true;
    const wanted = isWanted;
    follow()
      // Refused, on a low battery for example: asked again when the work or the tab changes.
      .catch(() => undefined)
      .finally(() => {
        isAsking = false;
        if (wanted !== isWanted) update();
      });
  };

  document.addEventListener('visibilitychange', update);
  return (isBusy) => {
    if (isBusy === isWanted) return;
    isWanted = isBusy;
    update();
  };
}
