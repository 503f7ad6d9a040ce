import { readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { text } from 'node:stream/consumers';
import { fail, ok, type Result } from '../../shared/result.ts';
import type { Complaint } from './words.ts';

const codeOf = (error: unknown): string => (error as NodeJS.ErrnoException | undefined)?.code ?? String(error);

/** Reads a JSON file; `-` is standard input. */
export async function readJson(file: string): Promise<Result<unknown, Complaint>> {
  let content: string;
  try {
    content = file === '-' ? await text(process.stdin) : readFileSync(file, 'utf8');
  } catch (error) {
    return fail({ word: 'fileNotRead', params: { file, reason: codeOf(error) } });
  }
  try {
    return ok(JSON.parse(content));
  } catch (error) {
    return fail({ word: 'notJson', params: { file, reason: error instanceof Error ? error.message : '' } });
  }
}

/** Writes a file whole or not at all: a temporary one beside it takes its place. */
export function writeWhole(file: string, content: string | Buffer, mode: number): Result<void, Complaint> {
  const temporary = `${file}.${process.pid}.part`;
  try {
    writeFileSync(temporary, content, { mode, flush: true });
    renameSync(temporary, file);
    return ok(undefined);
  } catch (error) {
    rmSync(temporary, { force: true });
    return fail({ word: 'fileNotWritten', params: { file, reason: codeOf(error) } });
  }
}
