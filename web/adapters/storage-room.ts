/** How much room the browser gives this page, and the request to keep what is stored. The one place that knows StorageManager. */

/** Bytes that may still be stored; null where the browser does not tell: plain-http origins, old browsers. */
export async function roomBytes(): Promise<number | null> {
  if (!('storage' in navigator)) return null;
  const { quota, usage } = await navigator.storage.estimate().catch(() => ({ quota: undefined, usage: undefined }));
  return quota === undefined || usage === undefined ? null : Math.max(0, quota - usage);
}

/** Asks that nothing is thrown away when the device runs short of room. Browsers decide, or ask the person; no answer is needed. */
export async function askToKeep(): Promise<void> {
  if (!('storage' in navigator) || (await navigator.storage.persisted().catch(() => true))) return;
  await navigator.storage.persist().catch(() => false);
}
