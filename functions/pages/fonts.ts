/**
 * The fonts of the public pages: which there are, where their files lie, the CSS that names them. In a bundle the
 * files lie in `fonts/` beside it, where the build copies `fontFiles()`; otherwise they are read where npm put them.
 */
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';

interface Face {
  family: string;
  weight: number;
  file: string;
  package: string;
  /** What Google's subset of that name holds (`unicode.json` in the package): a page fetches only what it shows. */
  range: string;
}

const LATIN =
  'U+0000-00FF,U+0131,U+0152-0153,U+02BB-02BC,U+02C6,U+02DA,U+02DC,U+0304,U+0308,U+0329,U+2000-206F,U+20AC,U+2122,U+2191,U+2193,U+2212,U+2215,U+FEFF,U+FFFD';
const LATIN_EXT =
  'U+0100-0130,U+0132-0151,U+0154-02BA,U+02BD-02C5,U+02C7-02CC,U+02CE-02D7,U+02DD-02FF,U+1E00-1E9F,U+1EF2-1EFF,U+20A0-20AB,U+20AD-20C0';
const ARABIC =
  'U+0600-06FF,U+0750-077F,U+0870-088E,U+0890-0891,U+0897-08E1,U+08E3-08FF,U+FB50-FDFF,U+FE70-FEFC';

const TAMIL = 'U+0964-0965,U+0B82-0BFA,U+200C-200D,U+20B9,U+25CC';
const BENGALI =
  'U+0951-0952,U+0964-0965,U+0980-09FE,U+1CD0,U+1CD2,U+1CD5-1CD6,U+1CD8,U+1CE1,U+1CEA,U+1CED,U+1CF2,U+1CF5-1CF7,U+200C-200D,U+20B9,U+25CC,U+A8F1';
/** Chinese letters and the marks that are written with them. */
const HAN = 'U+2E80-2FDF,U+3000-303F,U+3400-4DBF,U+4E00-9FFF,U+F900-FAFF,U+FE30-FE4F,U+FF00-FFEF';

const sans = { family: 'Noto Sans', package: '@fontsource/noto-sans' };
const arabic = { family: 'Noto Sans Arabic', package: '@fontsource/noto-sans-arabic' };
/** Latin-ext is a family of its own so that its one weight is made bold by the browser, not replaced by a stranger. */
const ext = { family: 'Noto Sans Ext', package: '@fontsource/noto-sans' };
const FACES: Face[] = [
  { ...sans, weight: 400, file: 'noto-sans-latin-400-normal.woff2', range: LATIN },
  { ...sans, weight: 600, file: 'noto-sans-latin-600-normal.woff2', range: LATIN },
  { ...ext, weight: 400, file: 'noto-sans-latin-ext-400-normal.woff2', range: LATIN_EXT },
  { ...arabic, weight: 400, file: 'noto-sans-arabic-arabic-400-normal.woff2', range: ARABIC },
  {
    family: 'Noto Sans Tamil',
    package: '@fontsource/noto-sans-tamil',
    weight: 400,
    file: 'noto-sans-tamil-tamil-400-normal.woff2',
    range: TAMIL,
  },
  {
    family: 'Noto Sans Bengali',
    package: '@fontsource/noto-sans-bengali',
    weight: 400,
    file: 'noto-sans-bengali-bengali-400-normal.woff2',
    range: BENGALI,
  },
  {
    family: 'Noto Sans SC',
    package: '@fontsource/noto-sans-sc',
    weight: 400,
    file: 'noto-sans-sc-chinese-simplified-400-normal.woff2',
    range: HAN,
  },
];

const BESIDE = new URL('./fonts/', import.meta.url);

function pathOf({ package: name, file }: Face): string | URL {
  if (existsSync(BESIDE)) return new URL(file, BESIDE);
  return createRequire(import.meta.url).resolve(`${name}/files/${file}`);
}

const kept = new Map<string, Promise<Buffer>>();

/** A font's bytes by its file name, or undefined for any name that is not one of ours. */
export function readFont(file: string): Promise<Buffer> | undefined {
  const face = FACES.find((each) => each.file === file);
  if (!face) return undefined;
  const known = kept.get(file);
  if (known) return known;
  const read = readFile(pathOf(face));
  kept.set(file, read);
  // A file that could not be read is tried again, not missing for ever.
  read.catch(() => kept.delete(file));
  return read;
}

/** Where npm put each font: what the build copies into `fonts/` beside the bundle. */
export const fontFiles = (): string[] => {
  const { resolve } = createRequire(import.meta.url);
  return FACES.map((face) => resolve(`${face.package}/files/${face.file}`));
};

/** The `@font-face` rules; `folder` as the page's own address sees it. */
export const fontFaces = (folder: string): string =>
  FACES.map(
    ({ family, weight, file, range }) =>
      `@font-face{font-family:'${family}';font-weight:${weight};font-display:swap;src:url('${folder}/${file}') format('woff2');unicode-range:${range}}`,
  ).join('\n');

const OURS =
  "'Noto Sans','Noto Sans Ext','Noto Sans Arabic','Noto Sans Tamil','Noto Sans Bengali','Noto Sans SC'";
export const FONT_FAMILY = `${OURS},system-ui,sans-serif`;
/** Of drawings, whose texts must be as wide on every machine. */
export const DRAWN_FAMILY = `${OURS},sans-serif`;
