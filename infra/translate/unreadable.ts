/** A translator's file that cannot be read: every fault with its line. */
import type { Remark } from '../../conversations/translate/entry.ts';

export class Unreadable extends Error {
  override name = 'Unreadable';
  constructor(readonly faults: Remark[]) {
    super(`${faults.length} faults, the first in line ${faults[0]?.line}`);
  }
}

const NEWLINE = 0x0a;

/** UTF-8 with or without its mark; throws `Unreadable` with the lines that are not. */
export function decoded(bytes: Buffer): string {
  const decoder = new TextDecoder('utf-8', { fatal: true });
  try {
    return decoder.decode(bytes);
  } catch {
    throw new Unreadable(
      linesOf(bytes).flatMap((line, index) =>
        isUtf8(line)
          ? []
          : [{ line: index + 1, what: "n'est pas en UTF-8: enregistrez le fichier en UTF-8" }],
      ),
    );
  }
}

function isUtf8(bytes: Buffer): boolean {
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    return true;
  } catch {
    return false;
  }
}

function linesOf(bytes: Buffer): Buffer[] {
  const lines: Buffer[] = [];
  let from = 0;
  for (let at = bytes.indexOf(NEWLINE); at >= 0; at = bytes.indexOf(NEWLINE, from)) {
    lines.push(bytes.subarray(from, at));
    from = at + 1;
  }
  return [...lines, bytes.subarray(from)];
}
