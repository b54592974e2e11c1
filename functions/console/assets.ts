/**
 * What pages load, all from our own address: the stylesheet, the icon, the fonts, htmx. A name holds a hash of what is
 * in it, so that a browser keeps it for good.
 */
import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { fontFaces, readFont } from '../pages/fonts.ts';
import type { Answer } from '../runtime/http.ts';
import { ROOT } from './navigation.ts';
import { STYLE } from './style.ts';

const FOLDER = `${ROOT}/fichiers`;
/** Where pages with a style of their own find our fonts. */
export const FONTS = FOLDER;

/** htmx puts a style of its own into the page unless told not to; eval is refused by our policy anyway. */
const HTMX_CONFIG =
  ';htmx.config.includeIndicatorStyles=false;htmx.config.allowEval=false;htmx.config.selfRequestsOnly=true;htmx.config.historyCacheSize=0;';

const ICON =
  '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><path fill="#0a4560" d="M4 12h6l14-8v24L10 20H4z"/><path fill="none" stroke="#c65d00" stroke-width="3" d="M28 11a7 7 0 0 1 0 10"/></svg>';

/** In a bundle the file lies beside it, where the build copies it; otherwise where npm put it. */
export const htmxFile = (): string => createRequire(import.meta.url).resolve('htmx.org/dist/htmx.min.js');
const BESIDE = new URL('./htmx.min.js', import.meta.url);

interface Asset {
  type: string;
  body: string;
  name: string;
}

function made(): Record<string, Asset> {
  const files: Record<string, Omit<Asset, 'name'>> = {
    'console.css': { type: 'text/css; charset=utf-8', body: `${fontFaces(FOLDER)}\n${STYLE}` },
    'icone.svg': { type: 'image/svg+xml', body: ICON },
    'htmx.js': {
      type: 'text/javascript; charset=utf-8',
      body: readFileSync(existsSync(BESIDE) ? BESIDE : htmxFile(), 'utf8') + HTMX_CONFIG,
    },
  };
  return Object.fromEntries(
    Object.entries(files).map(([name, file]) => {
      const hash = createHash('sha256').update(file.body).digest('base64url').slice(0, 10);
      const [stem, end] = name.split('.');
      return [name, { ...file, name: `${stem}-${hash}.${end}` }];
    }),
  );
}
let kept: Record<string, Asset> | undefined;
const all = (): Record<string, Asset> => {
  kept ??= made();
  return kept;
};

/** Where a page finds it. */
export const asset = (name: 'console.css' | 'icone.svg' | 'htmx.js'): string =>
  `${FOLDER}/${(all()[name] as Asset).name}`;

/** The file of this address, or undefined where it is none of ours. */
export async function assetAt(path: string): Promise<Answer | undefined> {
  if (!path.startsWith(`${FOLDER}/`)) return undefined;
  const name = path.slice(FOLDER.length + 1);
  const headers = { 'cache-control': 'public, max-age=31536000, immutable' };
  const file = Object.values(all()).find((each) => each.name === name);
  if (file) return { status: 200, headers: { ...headers, 'content-type': file.type }, body: file.body };
  const font = await readFont(name);
  return (
    font && {
      status: 200,
      headers: { ...headers, 'content-type': 'font/woff2' },
      body: font.toString('base64'),
      base64: true,
    }
  );
}
