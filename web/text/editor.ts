import { words } from './define.ts';
import { editorDe } from './editor-de.ts';
import { editorEn } from './editor-en.ts';

/** Words of the editing tools: arranging, adding, the tile editor, room settings, conflicts. */
export const editorWords = words(editorEn, editorDe);
export type EditorKey = keyof typeof editorWords.en;
