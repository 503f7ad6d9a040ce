/** A message at the lower edge: a failure, or something that can be undone. */
export interface ToastContent {
  readonly text: string;
  /** Reason or consequence, second line. */
  readonly detail?: string;
  /** Path data. */
  readonly icon?: string;
  readonly action?: { readonly label: string; readonly run: () => void };
  /** Read out at once. */
  readonly isUrgent?: boolean;
  readonly timeoutMs?: number;
}

export interface Toast extends ToastContent {
  readonly id: number;
}

/** Older ones leave when more arrive. */
const maxToasts = 3;

/** The list behind `ToastHost`; `show` is what pages get by context. */
export function createToasts(): ToastList {
  let items = $state.raw<readonly Toast[]>([]);
  let lastId = 0;
  return {
    get items() {
      return items;
    },
    show(content) {
      lastId += 1;
      items = [...items.filter((item) => item.text !== content.text), { ...content, id: lastId }].slice(-maxToasts);
    },
    dismiss(id) {
      items = items.filter((item) => item.id !== id);
    },
  };
}

export interface ToastList {
  readonly items: readonly Toast[];
  show(content: ToastContent): void;
  dismiss(id: number): void;
}
