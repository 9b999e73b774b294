/** Escape is one more way to press the harmless button: for the element around it. */
export const onEscape =
  (press: () => void) =>
  ({ key }: KeyboardEvent): void => {
    if (key === 'Escape') press();
  };
