import type { Attachment } from 'svelte/attachments';
import { backCloses } from './back-closes.ts';
import { sheetEvent } from './top-layer.ts';

interface SheetDialogOptions {
  /** Somebody asked to close: Esc, Back. */
  readonly onclose: () => void;
  /** Whether the content must be in the page; false only after the closing animation. */
  readonly onshown: (isShown: boolean) => void;
  readonly canBePanel: () => boolean;
}

const panelQuery = '(min-width: 1200px) and (min-height: 480px)';
const openModal = 'dialog[data-modal][open]';

const announce = (): void => {
  const isPanelOpen = document.querySelector('dialog[data-panel][open]') !== null;
  document.documentElement.dataset['panel'] = isPanelOpen ? 'open' : '';
  document.dispatchEvent(new Event(sheetEvent));
};

/** Resolves when scrim and sheet have arrived; what moves inside the sheet does not count. */
const atRest = async (dialog: Element): Promise<void> => {
  const moving = [...dialog.children].flatMap((part) => part.getAnimations());
  await Promise.allSettled(moving.map((animation) => animation.finished));
};

/** Opens a dialog modally or as a panel, closes it after its animation and gives the focus back. */
export class SheetDialog {
  readonly #options: SheetDialogOptions;
  #dialog: HTMLDialogElement | undefined;
  #opener: Element | null = null;
  #isOpen = false;
  #releaseBack: () => void = () => {};

  constructor(options: SheetDialogOptions) {
    this.#options = options;
  }

  open(): void {
    const dialog = this.#dialog;
    if (this.#isOpen || !dialog) return;
    this.#isOpen = true;
    dialog.removeAttribute('data-closing');
    this.#options.onshown(true);
    if (!dialog.open) {
      this.#opener = document.activeElement;
      this.#show(dialog);
    }
    this.#releaseBack = backCloses(this.#options.onclose);
  }

  close(): void {
    const dialog = this.#dialog;
    if (!this.#isOpen || !dialog) return;
    this.#isOpen = false;
    this.#releaseBack();
    dialog.setAttribute('data-closing', '');
    void atRest(dialog).then(() => this.#finish(dialog));
  }

  readonly attach: Attachment<HTMLDialogElement> = (dialog) => {
    this.#dialog = dialog;
    const listen = new AbortController();
    const { signal } = listen;
    window.matchMedia(panelQuery).addEventListener('change', () => this.#reopen(dialog), { signal });
    window.addEventListener('keydown', (event) => this.#key(dialog, event), { signal });
    dialog.addEventListener(
      'cancel',
      (event) => {
        event.preventDefault();
        this.#options.onclose();
      },
      { signal },
    );
    return () => {
      listen.abort();
      this.#dismantle(dialog);
    };
  };

  #show(dialog: HTMLDialogElement): void {
    const isPanel = this.#options.canBePanel() && window.matchMedia(panelQuery).matches;
    dialog.toggleAttribute('data-panel', isPanel);
    dialog.toggleAttribute('data-modal', !isPanel);
    if (isPanel) dialog.show();
    else dialog.showModal();
    announce();
  }

  #reopen(dialog: HTMLDialogElement): void {
    if (!this.#isOpen || !this.#options.canBePanel()) return;
    dialog.close();
    this.#show(dialog);
  }

  #key(dialog: HTMLDialogElement, event: KeyboardEvent): void {
    if (event.key !== 'Escape' || event.defaultPrevented || !this.#isOpen) return;
    if (dialog.hasAttribute('data-panel') && !document.querySelector(openModal)) this.#options.onclose();
  }

  #finish(dialog: HTMLDialogElement): void {
    if (this.#isOpen || !dialog.hasAttribute('data-closing')) return;
    dialog.removeAttribute('data-closing');
    dialog.close();
    this.#options.onshown(false);
    announce();
    this.#returnFocus();
  }

  #dismantle(dialog: HTMLDialogElement): void {
    const wasUsed = this.#isOpen || dialog.hasAttribute('data-closing');
    if (this.#isOpen) this.#releaseBack();
    this.#isOpen = false;
    this.#dialog = undefined;
    dialog.close();
    announce();
    if (wasUsed) this.#returnFocus();
  }

  #returnFocus(): void {
    const opener = this.#opener;
    this.#opener = null;
    if (opener instanceof HTMLElement && opener.isConnected) opener.focus({ preventScroll: true });
  }
}
