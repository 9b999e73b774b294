/** Buttons have come where the one was that was pressed: the focus goes to the one this is the `ref` of, a harmless one. */
export const focusOnce = (button: HTMLButtonElement | null): void => button?.focus();
