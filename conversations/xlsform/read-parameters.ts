/** The `parameters` of a range: `start=1 end=10 step=1`, which are also what is meant where nothing is said. */
import type { Context } from './read-context.ts';
import type { Row } from './sheet.ts';

const WRITTEN = /([a-z-]+)\s*=\s*(\S+?)(?=[\s,;]|$)/giu;

export function readParameters(row: Row, { findings }: Context): { min: number; max: number } {
  const cell = row.get('parameters');
  const said = Object.fromEntries(
    [...(cell?.value ?? '').matchAll(WRITTEN)].map(([, name = '', value = '']) => [
      name.toLowerCase(),
      Number(value),
    ]),
  );
  const { start = 1, end = 10, step = 1 } = said;
  if (![start, end].every(Number.isInteger) || start >= end || step !== 1)
    findings.fault(
      cell ?? row.place('parameters'),
      'un range va par pas de 1, d’un nombre entier à un plus grand',
      'start=1 end=10 step=1',
    );
  return { min: start, max: end };
}
