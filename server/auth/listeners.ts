/** Whom to tell about something. */
export interface Listeners<T> {
  readonly tell: (value: T) => void;
  /** Returns dispose. */
  readonly on: (listener: (value: T) => void) => () => void;
}

export function createListeners<T>(): Listeners<T> {
  const listeners = new Set<(value: T) => void>();
  return {
    tell: (value) => listeners.forEach((listener) => listener(value)),
    on: (listener) => {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
  };
}
