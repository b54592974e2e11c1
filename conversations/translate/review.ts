/** Whether a native speaker has read a text as it stands: what they saw is kept as a fingerprint, a text a line. */

/** By key: eight hexadecimal digits of the source, eight of the translation, as they were when read. */
export type Seen = Record<string, string>;

const FNV_OFFSET = 0x811c9dc5;
const FNV_PRIME = 0x01000193;

/** FNV-1a over UTF-16 units, 32 bits: tells two versions of one sentence apart, protects nothing. */
function fingerprint(text: string): string {
  let hash = FNV_OFFSET;
  for (let at = 0; at < text.length; at += 1) hash = Math.imul(hash ^ text.charCodeAt(at), FNV_PRIME);
  return (hash >>> 0).toString(16).padStart(8, '0');
}

export const seenOf = (source: string, text: string): string => fingerprint(source) + fingerprint(text);

/** It was read, and is not what was read any more. */
export const isTouched = (seen: Seen | undefined, key: string, source: string, text: string): boolean =>
  seen?.[key] !== undefined && seen[key] !== seenOf(source, text);

export type Verdict = 'read' | 'to read again' | 'as before';

/**
 * What an import says about a group of texts.
 * @param marked the file says that all of it was read, and nothing in the group is unsure, missing or out of date
 */
export function verdict(marked: boolean, changed: number, wasRead: boolean): Verdict {
  if (marked) return 'read';
  return changed > 0 && wasRead ? 'to read again' : 'as before';
}
