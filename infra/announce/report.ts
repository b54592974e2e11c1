/**
 * `npm run announce -- bilan ID [--csv FICHIER]`: what became of it, by channel and language, what it cost beside what
 * had been reckoned, who wrote, stopped, went through its survey. No resident stands in it.
 */
import { createWriteStream } from 'node:fs';
import type { Announcement } from '../../conversations/announcement.ts';
import { filtersOf } from '../../conversations/audience.ts';
import { describeAudience } from '../../conversations/describe-audience.ts';
import { FEW, shownCount, shownTable } from '../../conversations/small-counts.ts';
import { type Report, type ReportLine, reportOf } from '../../functions/runtime/announcement-report.ts';
import { type Cell, writeCsv } from '../../functions/runtime/export-csv.ts';
import { createLedger } from '../../functions/store/ledger.ts';
import { readArgs } from '../command/read-args.ts';
import { Refused } from '../command/refused.ts';
import { channelWord, failedWord, heldWord, progressLines, stateWord } from './progress-words.ts';
import { euros, oneLine, people } from './said.ts';
import { find, withAnnouncements } from './saved.ts';

const USAGE = 'usage: npm run announce -- bilan ID [--csv FICHIER.csv]';

export async function run(args: string[]): Promise<void> {
  const { id, csv } = read(args);
  await withAnnouncements(async (saved) => {
    const { announcement } = await find(saved, id);
    const ledger = createLedger(saved.db, saved.city.notice.messageDays);
    const report = await reportOf(announcement, { ledger, city: saved.city });
    const lines = [
      oneLine(announcement),
      `pour: ${describeAudience(announcement.audience, saved.world)}`,
      ...progressLines(report.progress, filtersOf(announcement.audience)),
      ...shown(report.lines, announcement).map(lineOf),
      ...priceLines(report, announcement),
    ];
    console.log(lines.join('\n'));
    if (csv === undefined) return;
    await writeCsv(rowsOf(report, announcement), createWriteStream(csv, { flags: 'wx' })).catch((error) => {
      const why = error.code === 'EEXIST' ? 'il existe déjà' : `${error.code}`;
      throw new Refused(`le fichier « ${csv} » n'a pas été écrit: ${why}`, { cause: error });
    });
    console.log(`écrit dans ${csv}`);
  });
}

function read(args: string[]): { id: string; csv?: string } {
  const { values, positionals } = readArgs(args, { csv: { type: 'string' } }, USAGE);
  const [id, ...more] = positionals;
  if (id === undefined || more.length > 0 || values.csv === '') throw new Refused(USAGE);
  return { id, ...values };
}

type Line = ReportLine & { few: boolean };

/** What several filters leave of people is not told one by one (`small-counts.ts`). */
const shown = (lines: ReportLine[], { audience }: Announcement): Line[] => {
  const told = shownTable(
    lines.map(({ planned }) => planned),
    filtersOf(audience) - 1,
  );
  return lines.map((line, index) => ({ ...line, few: typeof told[index] !== 'number' }));
};

function lineOf({ few, channel, language, ...line }: Line): string {
  const name = `  ${channelWord(channel)}, ${language}`;
  if (few) return `${name}: moins de ${FEW} ou non montré`;
  const { planned, reached, delivered, failed, held, replied, stopped, done, parts } = line;
  return `${name}: ${people(planned)}, ${reached} parties (${delivered} remises), ${failed} en échec, ${held} retenues; ${replied} ont écrit, ${stopped} STOP${done > 0 ? `, ${done} sondages finis` : ''}; ${parts} ${parts > 1 ? 'parties payées' : 'partie payée'}, ${euros(line.euros)}`;
}

const sum = (lines: ReportLine[], of: 'euros' | 'parts' | 'unpriced'): number =>
  lines.reduce((all, line) => all + line[of], 0);

function priceLines({ lines }: Report, { estimate }: Announcement): string[] {
  const unpriced = sum(lines, 'unpriced');
  return [
    `coût: ${sum(lines, 'parts')} parties prises par les opérateurs, ${euros(sum(lines, 'euros'))} aux prix du fichier de la ville; leur facture fait foi`,
    ...(unpriced > 0 ? [`sans prix dans le fichier de la ville (prices): ${unpriced} parties`] : []),
    estimate
      ? `prévu à la programmation: ${people(estimate.people)}, ${estimate.parts} parties, ${euros(estimate.euros)}`
      : "prévu à la programmation: rien, l'annonce suit d'un événement ou a été programmée avant ce calcul",
  ];
}

function* rowsOf(report: Report, announcement: Announcement): Generator<Cell[]> {
  const { progress } = report;
  yield ['annonce', 'rubrique', 'canal', 'langue', 'détail', 'nombre', 'euros'];
  const row = (what: string, detail: string, count: number, cost?: number): Cell[] => [
    ...[announcement.id, what, '', '', detail],
    count,
    cost,
  ];
  yield row('personnes', '', progress.planned);
  for (const [state, count] of Object.entries(progress.states)) yield row('état', stateWord(state), count);
  for (const [why, count] of Object.entries(progress.held)) yield row('retenues', heldWord(why), count);
  for (const [why, count] of Object.entries(progress.failed)) yield row('échecs', failedWord(why), count);
  if (shownCount(progress.planned, filtersOf(announcement.audience)) !== 'few') {
    yield row('ensuite', 'ont écrit', progress.marks.replied);
    yield row('ensuite', 'ont dit STOP', progress.marks.stopped);
    yield row('ensuite', 'ont fini le sondage', progress.marks.done);
  }
  for (const line of shown(report.lines, announcement)) {
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
    sum(report.lines, 'parts'),
    round(sum(report.lines, 'euros')),
  );
  if (announcement.estimate)
    yield row('coût', 'prévu à la programmation', announcement.estimate.parts, announcement.estimate.euros);
}

const round = (value: number): number => Math.round(value * 100) / 100;
