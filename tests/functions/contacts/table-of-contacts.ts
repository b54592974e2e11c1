/** A table of contacts as big as one likes, one row in twenty bad, and which rows those are. */

import { once } from 'node:events';
import { createWriteStream } from 'node:fs';

const HEADERS = 'Téléphone;Langue;Âge;Quartier;Date de consentement;Preuve\n';
/** Each in a column of its own. */
const BAD = [
  '01 99 00 12 34;fr;;;05/09/2026;Bulletin',
  '{n};klingon;;;05/09/2026;Bulletin',
  '{n};fr;12 ans;;05/09/2026;Bulletin',
  '{n};fr;;Atlantide;05/09/2026;Bulletin',
  '{n};fr;;;31/02/2026;Bulletin',
  '{n};fr;;;05/09/2026;',
];
const EVERY = 20;

/** A mobile of its own for each row, in one of the ways they are typed. */
function typed(row: number): string {
  const digits = String(12_000_000 + row);
  const pairs = (digits.match(/../g) as string[]).join(row % 2 ? ' ' : '.');
  return [`06 ${pairs}`, `+33 6 ${pairs}`, `00336${digits}`, `6${digits}`][row % 4] as string;
}
export const numberOf = (row: number): string => `+336${12_000_000 + row}`;
export const isBad = (row: number): boolean => row % EVERY === 7;
/** Row 0 stands on line 2. */
export const lineOf = (row: number): number => row + 2;

export function rowText(row: number): string {
  if (!isBad(row))
    return `${typed(row)};${row % 3 ? 'fr' : 'turc'};${18 + (row % 60)};;05/09/2026;Bulletin signé`;
  return (BAD[Math.floor(row / EVERY) % BAD.length] as string).replace('{n}', typed(row));
}

export async function writeTable(file: string, rows: number): Promise<void> {
  const out = createWriteStream(file);
  out.write(HEADERS);
  for (let row = 0; row < rows; row += 1) if (!out.write(`${rowText(row)}\n`)) await once(out, 'drain');
  out.end();
  await once(out, 'finish');
}
