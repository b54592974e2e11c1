/** The lowest and the highest number of an answer as the constraint XLSForm has for it: `. >= 1 and . <= 5`. */

export interface Bounds {
  min?: number;
  max?: number;
}

const NUMBER = '(-?\\d+(?:\\.\\d+)?)';
const BOTH = new RegExp(`^\\.\\s*>=\\s*${NUMBER}\\s+and\\s+\\.\\s*<=\\s*${NUMBER}$`);
const LEAST = new RegExp(`^\\.\\s*>=\\s*${NUMBER}$`);
const MOST = new RegExp(`^\\.\\s*<=\\s*${NUMBER}$`);

export const isBounded = ({ min, max }: Bounds): boolean => min !== undefined || max !== undefined;

/** A formula knows no `5e-7`: the point is moved. */
function decimal(number: number): string {
  const [, sign = '', whole = '', part = '', shift = ''] =
    /^(-?)(\d+)(?:\.(\d+))?e(.+)$/.exec(String(number)) ?? [];
  if (!shift) return String(number);
  const digits = whole + part;
  const point = whole.length + Number(shift);
  if (point <= 0) return `${sign}0.${'0'.repeat(-point)}${digits}`;
  return `${sign}${digits.slice(0, point).padEnd(point, '0')}${digits.length > point ? `.${digits.slice(point)}` : ''}`;
}

/** '' where there are none. */
export const boundsAsFormula = ({ min, max }: Bounds): string =>
  [
    ...(min === undefined ? [] : [`. >= ${decimal(min)}`]),
    ...(max === undefined ? [] : [`. <= ${decimal(max)}`]),
  ].join(' and ');

/** Nothing where the formula says anything else, or more. */
export function boundsInFormula(formula: string): Bounds | undefined {
  const [, min, max] = BOTH.exec(formula) ?? [];
  if (min !== undefined && max !== undefined)
    return Number(min) < Number(max) ? { min: Number(min), max: Number(max) } : undefined;
  const least = LEAST.exec(formula)?.[1];
  if (least !== undefined) return { min: Number(least) };
  const most = MOST.exec(formula)?.[1];
  return most === undefined ? undefined : { max: Number(most) };
}

/** The bounds with a constraint of the question's own. */
export function withBounds(bounds: Bounds, constraint: string | undefined): string | undefined {
  const first = boundsAsFormula(bounds);
  if (!first) return constraint;
  return constraint === undefined ? first : `${first} and (${constraint})`;
}

/** The question's own constraint again. One that somebody has written over stands as it is. */
export function withoutBounds(bounds: Bounds, written: string | undefined): string | undefined {
  const first = boundsAsFormula(bounds);
  if (!first || written === undefined) return written;
  if (written === first) return undefined;
  const before = `${first} and (`;
  return written.startsWith(before) && written.endsWith(')') ? written.slice(before.length, -1) : written;
}
