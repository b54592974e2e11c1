/** The report of an announcement as a table to keep (.csv): no resident stands in it. */
import type { Announcement } from '../../conversations/announcement.ts';
import { filtersOf, isOfFew } from '../../conversations/audience.ts';
import { FEW, guardedTable, type Shown, shownTable } from '../../conversations/small-counts.ts';
import type { Report, ReportLine } from './announcement-report.ts';
import type { Cell } from './export-csv.ts';
import { guardedProgress } from './guarded-progress.ts';
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

const told = (shown: Shown): number | string =>
  typeof shown === 'number' ? shown : `moins de ${FEW} ou non montré`;

/** `guarded`: for who sees no resident, so that no count of few of them is told, nor follows (`guarded-progress.ts`). */
export function* reportRows(report: Report, announcement: Announcement, guarded = false): Generator<Cell[]> {
  const table = (what: string, of: Record<string, number>, word: (each: string) => string): Cell[][] =>
    Object.entries(of).map(([each, count]) => row(what, word(each), count));

  const { progress } = report;
  yield ['annonce', 'rubrique', 'canal', 'langue', 'détail', 'nombre', 'euros'];
  const row = (what: string, detail: string, count: number | string, cost?: number): Cell[] => [
    ...[announcement.id, what, '', '', detail],
    count,
    cost,
  ];
  if (isOfFew(progress.planned, announcement.audience)) {
    yield [announcement.id, 'personnes', '', '', `moins de ${FEW}`];
    return;
  }
  yield row('personnes', '', progress.planned);
  const cells = guardedProgress(progress);
  if (guarded) {
    yield row('état', 'remises', told(cells.delivered));
    yield row('état', 'envoyées, sans accusé', told(cells.unconfirmed));
    yield row('état', 'en échec', told(cells.failed));
    yield row('état', 'retenues', told(cells.held));
  } else {
    yield* table('état', progress.states, stateWord);
    yield* table('retenues', progress.held, heldWord);
    yield* table('échecs', progress.failed, failedWord);
  }
  for (const [what, count] of [
    ['ont écrit', progress.marks.replied],
    ['ont dit STOP', progress.marks.stopped],
    ['ont fini le sondage', progress.marks.done],
  ] as const)
    yield row('ensuite', what, guarded ? told(guardedTable([count])[0] ?? 0) : count);
  for (const line of guarded ? [] : shownLines(report.lines, announcement)) {
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
  if (!guarded || cells.whole)
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
