/** Whether this device is on mobile data, where the browser knows: the Network Information API, in Chromium on phones. */

/** What TypeScript's DOM types do not know. */
interface NetworkInformation extends EventTarget {
  readonly type?: string;
}

export interface MobileData {
  /** Whether this can be told at all. */
  readonly isKnown: boolean;
  /** Tells now, and whenever it changes. */
  readonly watch: (tell: (isMobile: boolean) => void) => void;
}

export function createMobileData(scope: object = navigator): MobileData {
  const connection = 'connection' in scope ? (scope.connection as NetworkInformation) : undefined;
  return {
    isKnown: connection?.type !== undefined,
    watch: (tell) => {
      const read = (): void => tell(connection?.type === 'cellular');
      connection?.addEventListener('change', read);
      read();
    },
  };
}
