import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { fail, ok, type Result } from '../../shared/result.ts';
import type { IconTable } from '../../shared/tile/kind-icons.ts';
import type { Config } from '../config.ts';
import type { Settings } from './option.ts';
import type { Complaint } from './words.ts';

/** What the build put beside the program. */
export interface BuiltFiles {
  readonly webDir: string;
  readonly schemaFile: string;
  readonly iconsFile: string;
  readonly iconTableFile: string;
}

/** Settings and built files together: all that the app is told. */
export function configOf(settings: Settings, files: BuiltFiles): Result<Config, Complaint> {
  const { webDir, iconsFile, iconTableFile, schemaFile } = files;
  let file = schemaFile;
  try {
    const houseJsonSchema: unknown = JSON.parse(readFileSync(file, 'utf8'));
    file = iconTableFile;
    const iconTable = JSON.parse(readFileSync(file, 'utf8')) as IconTable; // our own build wrote it
    if (typeof houseJsonSchema === 'object' && houseJsonSchema !== null) {
      return ok({ ...settings, dataDir: resolve(settings.dataDir), webDir, iconsFile, iconTable, houseJsonSchema });
    }
  } catch {
    // Told below: whatever is wrong with the file, a build mends it.
  }
  return fail({ word: 'notBuilt', params: { file } });
}
