/** What was found in a form, with its exact cell, as staff read it. */
import type { Finding } from './workbook.ts';

export const where = ({ sheet, row, cell, column }: Finding): string =>
  `feuille « ${sheet} », ligne ${row}, cellule ${cell}${column ? ` (${column})` : ''}`;

export const faultLine = (fault: Finding): string =>
  `${where(fault)}: ${fault.reason}; reçu: ${fault.got ? JSON.stringify(fault.got) : 'rien'}${fault.allowed ? `; permis: ${fault.allowed}` : ''}`;

export const noticeLine = (notice: Finding): string => `${where(notice)}: ${notice.reason}`;
