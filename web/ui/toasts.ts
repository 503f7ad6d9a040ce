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

/** What `ToastHost` shows; a message leaves when its line has run down, so the list needs no timer. */
export interface ToastList {
  readonly list: readonly Toast[];
  dismiss(id: number): void;
}
