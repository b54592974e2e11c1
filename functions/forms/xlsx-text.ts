/** How a text stands in the XML of a workbook (ECMA-376): nothing is lost but what a cell does not hold. */

/** What one cell of a spreadsheet holds, in UTF-16 units. */
export const MAX_CELL = 32_767;

const CONTROL = /[^\P{Cc}\n\t]|[\ufffe\uffff]/gu;

/**
 * XML has no place for some characters, and makes one line end of two: the format writes them as `_x000D_`, and a text
 * that looks like that with its first `_` written so (ECMA-376, ST_Xstring).
 */
export const escaped = (text: string): string =>
  text
    .replace(/_(?=x[0-9A-Fa-f]{4}_)/g, '_x005F_')
    .replace(CONTROL, (sign) => `_x${sign.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}_`);

const MARKUP: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };
const PLAIN = /^[^&<>"_\p{Cc}\ufffe\uffff\ud800-\udfff]*$/u;

/** As it stands between two tags, or in an attribute. */
export function xmlText(text: string): string {
  if (PLAIN.test(text)) return text;
  return escaped(text.replace(/\p{Cs}/gu, '\ufffd')).replace(/[&<>"]/g, (sign) => MARKUP[sign] as string);
}

/** What a cell holds of a text; a pair of surrogates is not torn. */
export function held(text: string): string {
  if (text.length <= MAX_CELL) return text;
  const kept = text.slice(0, MAX_CELL - 1);
  return `${/[\ud800-\udbff]$/.test(kept) ? kept.slice(0, -1) : kept}…`;
}
