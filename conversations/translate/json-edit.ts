/** Changes texts of a flat JSON file and nothing else of it: not a blank line, not an escape, not the order. */

const PAIR = /^( {2})("(?:[^"\\]|\\.)*"): ("(?:[^"\\]|\\.)*")(,?)$/;

interface Line {
  text: string;
  key?: string;
}

/**
 * `order`: where a new key goes, behind the one before it that is already there.
 * Throws where the file, read again, would not say exactly what was asked for.
 */
export function withTexts(json: string, changes: Record<string, string>, order: string[] = []): string {
  const lines = json.split('\n').map(keyed);
  for (const [key, text] of Object.entries(changes)) {
    const at = lines.findIndex((line) => line.key === key);
    if (at >= 0) replace(lines, at, text);
    else insert(lines, key, text, order);
  }
  const made = lines.map(({ text }) => text).join('\n');
  const wanted = { ...JSON.parse(json), ...changes };
  if (!isEqual(JSON.parse(made), wanted))
    throw new Error('the file has a form in which no text can be changed alone');
  return made;
}

function keyed(text: string): Line {
  const key = text.match(PAIR)?.[2];
  return key === undefined ? { text } : { text, key: JSON.parse(key) };
}

function replace(lines: Line[], at: number, text: string): void {
  const [, indent, key, , comma] = PAIR.exec(lines[at]?.text ?? '') ?? [];
  lines[at] = keyed(`${indent}${key}: ${JSON.stringify(text)}${comma}`);
}

function insert(lines: Line[], key: string, text: string, order: string[]): void {
  const before = new Set(order.slice(0, Math.max(0, order.indexOf(key))));
  const nearest = lines.findLastIndex((line) => line.key !== undefined && before.has(line.key));
  const at = nearest >= 0 ? nearest : lines.findIndex((line) => line.text === '{');
  const opens = lines[at]?.text === '{';
  const isLast = !opens && !lines[at]?.text.endsWith(',');
  if (isLast) lines[at] = keyed(`${lines[at]?.text},`);
  lines.splice(at + 1, 0, keyed(`  ${JSON.stringify(key)}: ${JSON.stringify(text)}${isLast ? '' : ','}`));
}

/** Values without a set order; an object of texts and lists, as our files are. */
function isEqual(a: unknown, b: unknown): boolean {
  if (a === b) return true;
  if (typeof a !== 'object' || typeof b !== 'object' || !a || !b) return false;
  const [mine, other] = [Object.entries(a), b as Record<string, unknown>];
  return mine.length === Object.keys(b).length && mine.every(([key, value]) => isEqual(value, other[key]));
}
