/** Something has come where a button was that was pressed: the focus goes to what this is the `ref` of, a harmless button or all of it. */
export const focusOnce = (element: HTMLElement | null): void => element?.focus();
