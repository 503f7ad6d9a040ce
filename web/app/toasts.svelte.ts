import type { Toasts } from './context.ts';

export type Toast = Parameters<Toasts['show']>[0] & { readonly id: number };

/** Older ones make room: nobody reads a stack. */
const maxToasts = 3;

/** The messages that are shown now; each leaves by itself when its line has run down (web/ui/Toast.svelte). */
export interface ToastStore extends Toasts {
  readonly list: readonly Toast[];
  dismiss(id: number): void;
}

export function createToasts(): ToastStore {
  let list = $state.raw<readonly Toast[]>([]);
  let lastId = 0;
  return {
    get list() {
      return list;
    },
    dismiss: (id) => {
      list = list.filter((one) => one.id !== id);
    },
    show: (toast) => {
      lastId += 1;
      // The same sentence twice is one toast, with a fresh time.
      list = [...list.filter((one) => one.text !== toast.text), { ...toast, id: lastId }].slice(-maxToasts);
    },
  };
}
