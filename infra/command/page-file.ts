/** A page of ours as a file that a browser opens, with its fonts beside it. */
import { copyFile, mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { fontFiles } from '../../functions/pages/fonts.ts';
import { Refused } from './refused.ts';

/** Where a page looks for its fonts, from where it lies. */
export const FONTS = 'fonts';

/** Throws `Refused` where it cannot be written. */
export async function writePage(file: string, page: string): Promise<void> {
  const folder = path.join(path.dirname(file), FONTS);
  try {
    await mkdir(folder, { recursive: true });
    for (const font of fontFiles()) await copyFile(font, path.join(folder, path.basename(font)));
    await writeFile(file, page);
  } catch (cause) {
    throw new Refused(`impossible d'écrire « ${file} »: ${(cause as NodeJS.ErrnoException).code}`, { cause });
  }
}
