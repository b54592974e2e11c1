/** The report of an announcement as a table to keep (.csv): no resident stands in it. */
import type { Announcement } from '../../conversations/announcement.ts';
import { filtersOf, isOfFew } from '../../conversations/audience.ts';
import { FEW, shownTable } from '../../conversations/small-counts.ts';
import type { Report, ReportLine } from './announcement-report.ts';
import type { Cell } from './export-csv.ts';
import { channelWord, failedWord, heldWord, stateWord } from './progress-words.ts';

export type ReportedLine = ReportLine & { few: boolean };

/** What several filters leave of people is not told one by one (`small-counts.ts`). */
export const shownLines = (lines: ReportLine[], { audience }: Announcement): ReportedLine[] => {
  const told = shownTable(
    lines.map(({ planned }) => planned),
    filtersOf(audience) - 1,
  );
  return lines.map((line, index) => ({ ...line, few: typeof told[index] !== 'number' }));
};

export const sumOf = (lines: ReportLine[], of: 'euros' | 'parts' | 'unpriced'): number =>
  lines.reduce((all, line) => all + line[of], 0);

export function* reportRows(report: Report, announcement: Announcement): Generator<Cell[]> {
  const { progress } = report;
  yield ['annonce', 'rubrique', 'canal', 'langue', 'détail', 'nombre', 'euros'];
  const row = (what: string, detail: string, count: number, cost?: number): Cell[] => [
    ...[announcement.id, what, '', '', detail],
    count,
    cost,
  ];
  if (isOfFew(progress.planned, announcement.audience)) {
    yield [announcement.id, 'personnes', '', '', `moins de ${FEW}`];
    return;
  }
  yield row('personnes', '', progress.planned);
  for (const [state, count] of Object.entries(progress.states)) yield row('état', stateWord(state), count);
  for (const [why, count] of Object.entries(progress.held)) yield row('retenues', heldWord(why), count);
  for (const [why, count] of Object.entries(progress.failed)) yield row('échecs', failedWord(why), count);
  yield row('ensuite', 'ont écrit', progress.marks.replied);
  yield row('ensuite', 'ont dit STOP', progress.marks.stopped);
  yield row('ensuite', 'ont fini le sondage', progress.marks.done);
  for (const line of shownLines(report.lines, announcement)) {
    const start = [announcement.id, 'canal et langue', channelWord(line.channel), line.language];
    if (line.few) {
      yield [...start, `moins de ${FEW} ou non montré`, undefined, undefined];
      continue;
    }
    yield [...start, 'personnes', line.planned, undefined];
    yield [...start, 'parties', line.reached, undefined];
    yield [...start, 'remises', line.delivered, undefined];
    yield [...start, 'en échec', line.failed, undefined];
    yield [...start, 'retenues', line.held, undefined];
    yield [...start, 'ont écrit', line.replied, undefined];
    yield [...start, 'ont dit STOP', line.stopped, undefined];
    yield [...start, 'ont fini le sondage', line.done, undefined];
    yield [...start, 'parties payées', line.parts, line.euros];
  }
  yield row(
    'coût',
    'aux prix du fichier de la ville',
    sumOf(report.lines, 'parts'),
    round(sumOf(report.lines, 'euros')),
  );
  if (announcement.estimate && !isOfFew(announcement.estimate.people, announcement.audience))
    yield row('coût', 'prévu à la programmation', announcement.estimate.parts, announcement.estimate.euros);
}

const round = (value: number): number => Math.round(value * 100) / 100;
