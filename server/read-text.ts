import { readFileSync } from 'node:fs';
import { fail, ok, type Result } from '../shared/result.ts';

/** The text of a small file, or the system's word for why not (`ENOENT`). */
export function readText(file: string): Result<string, string> {
  try {
    return ok(readFileSync(file, 'utf8'));
  } catch (error) {
    return fail((error as NodeJS.ErrnoException | undefined)?.code ?? String(error));
  }
}
