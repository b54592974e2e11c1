/** Forms written down in a test: rows of cells, the header first. */
import type { Workbook } from '../../../conversations/xlsform/workbook.ts';

/** Cells apart by `|`: `type|name|label`. */
export const sheet = (name: string, lines: string[]) => ({
  name,
  rows: lines.map((line) => line.split('|')),
});

export const form = (sheets: Record<string, string[]>): Workbook => ({
  sheets: Object.entries(sheets).map(([name, lines]) => sheet(name, lines)),
});

export const KNOWN = { today: '2026-05-24', name: 'fichier' };
