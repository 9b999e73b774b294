/** Whose store is whose, with several tabs: frames that each load the registry, with a session memory of their own. */
import { afterEach, describe, expect, test, vi } from 'vitest';

import { type InfoHash, infoHashFromBytes } from '../../shared/wire/ids.ts';
import { type StoreRegistry, openStoreRegistry } from './store-registry.ts';

/** What a tab remembers over a reload. */
class Session extends Map<string, string> {
  isFrozen = false;
  readonly getItem = (key: string): string | null => this.get(key) ?? null;
  readonly setItem = (key: string, value: string): void => void (this.isFrozen || this.set(key, value));
  readonly removeItem = (key: string): void => void this.delete(key);
}

interface Tab {
  readonly registry: StoreRegistry;
  readonly session: Session;
  /** As a person closes it, or as a reload begins. */
  readonly close: () => void;
  /** Gone without a last word. */
  readonly crash: () => void;
}

const frames = new Set<HTMLIFrameElement>();
const newHash = (): InfoHash => infoHashFromBytes(crypto.getRandomValues(new Uint8Array(20)));

async function openTab(hasLocks: boolean, session = new Session()): Promise<Tab> {
  const frame = document.createElement('iframe');
  frames.add(frame);
  document.body.append(frame);
  const scope = frame.contentWindow as unknown as Window & typeof globalThis & { registry?: StoreRegistry };
  Object.defineProperty(scope, 'sessionStorage', { value: session });
  if (!hasLocks) delete (scope.Navigator.prototype as { locks?: LockManager }).locks;
  const script = scope.document.createElement('script');
  script.type = 'module';
  script.textContent = `
    import { openStoreRegistry } from ${JSON.stringify(new URL('store-registry.ts', import.meta.url).href)};
    window.registry = await openStoreRegistry();`;
  scope.document.body.append(script);
  const registry = await vi.waitUntil(() => scope.registry, { timeout: 5000, interval: 5 });
  const close = (): void => {
    frame.remove();
    frames.delete(frame);
  };
  const crash = (): void => {
    session.isFrozen = true;
    scope.addEventListener('pagehide', (event) => event.stopImmediatePropagation(), { capture: true });
    close();
    session.isFrozen = false;
  };
  return { registry, session, close, crash };
}

afterEach(async () => {
  for (const frame of frames) frame.remove();
  frames.clear();
  const { registry, close } = await openTab(true);
  for (const { storeId } of await registry.list()) await registry.remove(storeId);
  close();
});

describe.each([
  ['with Web Locks', true],
  ['on a plain-http page', false],
])('%s', (_, hasLocks) => {
  const open = (session?: Session): Promise<Tab> => openTab(hasLocks, session);

  test('each tab has a store of its own', async () => {
    const infoHash = newHash();
    const [one, other] = [await open(), await open()];
    const claims = [await one.registry.claim(infoHash), await other.registry.claim(infoHash)];
    expect(claims.map(({ isNew }) => isNew)).toEqual([true, true]);
    expect(claims[0].storeId).not.toBe(claims[1].storeId);
  });

  test('[D2] a reloaded tab finds its own store, not a fuller one', async () => {
    const infoHash = newHash();
    const [before, fuller] = [await open(), await open()];
    const own = await before.registry.claim(infoHash);
    const { storeId } = await fuller.registry.claim(infoHash);
    await fuller.registry.note(storeId, { storedBytes: 1000 });
    fuller.close();
    before.close();
    const after = await open(before.session);
    expect(await after.registry.claim(infoHash)).toMatchObject({ storeId: own.storeId, isNew: false });
  });

  test('a tab that is reloaded keeps its store although another opens meanwhile', async () => {
    const infoHash = newHash();
    const [before, newcomer] = [await open(), await open()];
    const own = await before.registry.claim(infoHash);
    before.close();
    const adopting = newcomer.registry.claim(infoHash);
    const after = await open(before.session);
    expect((await after.registry.claim(infoHash)).storeId).toBe(own.storeId);
    expect((await adopting).storeId).not.toBe(own.storeId);
  });

  test('a duplicated tab gets another store, and the first keeps its own', async () => {
    const infoHash = newHash();
    const first = await open();
    const own = await first.registry.claim(infoHash);
    const copy = await open(new Session(first.session));
    expect((await copy.registry.claim(infoHash)).storeId).not.toBe(own.storeId);
  });

  test.each(['close', 'crash'] as const)('the fullest store of tabs that are gone (%s) is adopted', async (end) => {
    const infoHash = newHash();
    const tabs = [await open(), await open(), await open()];
    const claims = await Promise.all(tabs.map(({ registry }) => registry.claim(infoHash)));
    for (const [index, { registry }] of tabs.entries()) {
      await registry.note(claims[index].storeId, { storedBytes: [10, 30, 20][index] });
    }
    for (const tab of tabs) tab[end]();
    const next = await open();
    expect(await next.registry.claim(infoHash)).toMatchObject({ storeId: claims[1].storeId, isNew: false });
  });

  test('a store is the sharer’s for the tab that shared, also after a reload, a stop or a crash', async () => {
    const infoHash = newHash();
    let tab = await open();
    const shared = await tab.registry.claim(infoHash);
    expect(shared.isSharers).toBe(false);
    shared.markSharers();
    for (const end of ['close', 'crash'] as const) {
      tab[end]();
      tab = await open(tab.session);
      const again = await tab.registry.claim(infoHash);
      expect(again).toMatchObject({ storeId: shared.storeId, isSharers: true });
      again.release();
    }
  });

  test('a store is not the sharer’s for a tab that adopts it, nor another store for a duplicate of that tab', async () => {
    const infoHash = newHash();
    const sharer = await open();
    const shared = await sharer.registry.claim(infoHash);
    shared.markSharers();
    const copy = await open(new Session(sharer.session));
    expect((await copy.registry.claim(infoHash)).isSharers).toBe(false);
    sharer.close();
    const adopter = await open();
    expect(await adopter.registry.claim(infoHash)).toMatchObject({ storeId: shared.storeId, isSharers: false });
  });

  test('a store that is let go can be taken by another tab', async () => {
    const infoHash = newHash();
    const [one, other] = [await open(), await open()];
    const claim = await one.registry.claim(infoHash);
    claim.release();
    expect((await other.registry.claim(infoHash)).storeId).toBe(claim.storeId);
  });

  test('tabs that want the same free store at once get one each', async () => {
    const infoHash = newHash();
    const gone = await open();
    await gone.registry.claim(infoHash);
    gone.crash();
    const tabs = [await open(), await open(), await open()];
    const claims = await Promise.all(tabs.map(({ registry }) => registry.claim(infoHash)));
    expect(new Set(claims.map(({ storeId }) => storeId)).size).toBe(3);
    expect(claims.filter(({ isNew }) => !isNew)).toHaveLength(1);
  });

  test('stores of other swarms are left alone', async () => {
    const gone = await open();
    await gone.registry.claim(newHash());
    gone.close();
    expect((await (await open()).registry.claim(newHash())).isNew).toBe(true);
  });

  test('the list says what is there, and whose it is', async () => {
    const [mine, other, gone] = [await open(), await open(), await open()];
    const hashes = [newHash(), newHash(), newHash()];
    const tabs = [mine, other, gone];
    const claims = await Promise.all(tabs.map(({ registry }, index) => registry.claim(hashes[index])));
    await mine.registry.note(claims[0].storeId, { name: 'a.bin', length: 500, pieceCount: 1, storedBytes: 250 });
    gone.close();
    const list = await mine.registry.list();
    const of = (index: number) => list.find(({ storeId }) => storeId === claims[index].storeId);
    expect(of(0)).toMatchObject({ infoHash: hashes[0], name: 'a.bin', length: 500, storedBytes: 250, isMine: true });
    expect(of(1)).toMatchObject({ infoHash: hashes[1], name: null, length: null, isMine: false, isInUse: true });
    expect(of(2)).toMatchObject({ infoHash: hashes[2], isMine: false, isInUse: false });
  });

  test('a store in use by another tab is not deleted; one that is free is, with its database', async () => {
    const [one, other] = [await open(), await open()];
    const { storeId } = await one.registry.claim(newHash());
    expect(await other.registry.remove(storeId)).toBe('in-use');
    one.close();
    expect(await other.registry.remove(storeId)).toBe('removed');
    expect(await other.registry.list()).toEqual([]);
    expect((await indexedDB.databases()).map(({ name }) => name)).not.toContain(`tabswarm-store-${storeId}`);
  });

  test('a store tells when it was last taken up', async () => {
    const infoHash = newHash();
    const one = await open();
    const claim = await one.registry.claim(infoHash);
    const updatedAt = async (): Promise<number> =>
      (await one.registry.list()).find((store) => store.infoHash === infoHash)?.updatedAt ?? 0;
    const madeAt = await updatedAt();
    claim.release();
    await vi.waitUntil(() => Date.now() > madeAt);
    await (await open()).registry.claim(infoHash);
    expect(await updatedAt()).toBeGreaterThan(madeAt);
  });

  test('a store of this tab can be deleted, and a late note does not bring it back', async () => {
    const { registry } = await open();
    const { storeId } = await registry.claim(newHash());
    expect(await registry.remove(storeId)).toBe('removed');
    await registry.note(storeId, { storedBytes: 1 });
    expect(await registry.list()).toEqual([]);
  });
});

test('where the browser forbids storage, the reason is told', async () => {
  const open = vi.spyOn(indexedDB, 'open').mockImplementation(() => {
    throw new DOMException('The operation is insecure.', 'SecurityError');
  });
  await expect(openStoreRegistry()).rejects.toThrow('storage-forbidden');
  open.mockRestore();
});
