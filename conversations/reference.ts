/** Numbers that residents read, write down and type back: a letter, six digits and a check digit. */

/** Luhn's check digit (ISO/IEC 7812-1 annex B): one wrong digit, or two swapped neighbours, are noticed. */
export function checkDigit(digits: string): number {
  let sum = 0;
  for (const [index, digit] of [...digits].reverse().entries()) {
    const doubled = index % 2 === 0 ? Number(digit) * 2 : Number(digit);
    sum += doubled > 9 ? doubled - 9 : doubled;
  }
  return (10 - (sum % 10)) % 10;
}

/** The same seed gives the same number, so that a turn that is taken again promises the same. */
export function reference(letter: string, seed: string): string {
  let hash = 0x811c9dc5;
  for (const character of seed)
    hash = Math.imul(hash ^ (character.codePointAt(0) as number), 0x01000193) >>> 0;
  const digits = String(hash % 1_000_000).padStart(6, '0');
  return `${letter}-${digits}${checkDigit(digits)}`;
}
