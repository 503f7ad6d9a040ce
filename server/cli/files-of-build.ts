import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { fail, ok, type Result } from '../../shared/result.ts';
import type { Config } from '../config.ts';
import type { Settings } from './option.ts';
import type { Complaint } from './words.ts';

/** What the build put beside the program. */
export interface BuiltFiles {
  readonly webDir: string;
  readonly schemaFile: string;
  readonly iconsFile: string;
}

/** Settings and built files together: all that the app is told. */
export function configOf(settings: Settings, files: BuiltFiles): Result<Config, Complaint> {
  const { webDir, iconsFile, schemaFile } = files;
  try {
    const houseJsonSchema: unknown = JSON.parse(readFileSync(schemaFile, 'utf8'));
    if (typeof houseJsonSchema === 'object' && houseJsonSchema !== null) {
      return ok({ ...settings, dataDir: resolve(settings.dataDir), webDir, iconsFile, houseJsonSchema });
    }
  } catch {
    // Told below: whatever is wrong with the file, a build mends it.
  }
  return fail({ word: 'notBuilt', params: { file: schemaFile } });
}
