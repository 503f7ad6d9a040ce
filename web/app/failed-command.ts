import type { Tile } from '../../shared/house/house.ts';
import { isByRight, type CommandState } from '../../shared/tile/state.ts';
import { appWords } from '../text/app.ts';
import type { Live, Toasts } from './context.ts';
import type { LanguageStore } from './language.svelte.ts';
import { whyRefusedPath } from './ask-path.ts';

export interface FailedCommand {
  readonly tile: Tile;
  readonly command: CommandState;
  readonly toasts: Toasts;
  readonly live: Pick<Live, 'send'>;
  readonly language: Pick<LanguageStore, 'text'>;
  readonly navigate: (path: string) => void;
  /** This page looks with the eyes of somebody else: that nothing was sent says nothing of rights. */
  readonly isLooking: boolean;
}

/** A command that did not get through is said once; where trying again makes sense, it is one tap away. Nothing retries by itself. */
export function tellFailure({ tile, command, toasts, live, language, navigate, isLooking }: FailedCommand): void {
  const t = language.text(appWords);
  if (isLooking) return toasts.show({ text: t('onlyLooking', { name: tile.title }) });
  const { againAt: time } = command;
  const reason = time === undefined ? t(`reason-${command.reason ?? 'broker'}`) : t('again', { time });
  const action = { label: t('tryAgain'), run: () => live.send(tile, command.role, command.value) };
  if (command.status === 'not-confirmed') toasts.show({ text: t('notAnswered', { name: tile.title }), action });
  if (command.status === 'not-sent') toasts.show({ text: t('notSent', { name: tile.title, reason }), action });
  if (command.status !== 'refused') return;
  const why = { label: t('why'), run: () => navigate(whyRefusedPath(tile.id, command)) };
  toasts.show({ text: t('notAllowed', { name: tile.title, reason }), ...(isByRight(command) ? { action: why } : {}) });
}
