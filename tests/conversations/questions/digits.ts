/** The decimal digits of every script, from Unicode itself and, as a second opinion, from the platform's number formats. */

const DIGIT = /^\p{Nd}$/u;

/** The zero of every script: Unicode lays the ten digits of a script out in order, some scripts side by side. */
export function zeros(): number[] {
  const found: number[] = [];
  let run = 0;
  for (let code = 0; code <= 0x10ffff; code += 1) {
    const surrogate = code >= 0xd800 && code <= 0xdfff;
    if (surrogate || !DIGIT.test(String.fromCodePoint(code))) run = 0;
    else {
      if (run % 10 === 0) found.push(code);
      run += 1;
    }
  }
  return found;
}

/** `number` in the digits of the script that begins at `zero`. */
export const inScript = (zero: number, number: number): string =>
  [...String(number)].map((digit) => String.fromCodePoint(zero + Number(digit))).join('');

/** `number` as each numbering system of the platform writes it, where it writes decimal digits. */
export const inNumberingSystems = (number: number): [system: string, written: string][] =>
  Intl.supportedValuesOf('numberingSystem')
    .map((system): [string, string] => [
      system,
      new Intl.NumberFormat(`en-u-nu-${system}`, { useGrouping: false }).format(number),
    ])
    .filter(([, written]) => [...written].every((letter) => DIGIT.test(letter)));
