/**
 * `npm run announce -- bilan ID [--csv FICHIER]`: what became of it, by channel and language, what it cost beside what
 * had been reckoned, who wrote, stopped, went through its survey. No resident stands in it.
 */
import { createWriteStream } from 'node:fs';
import type { Announcement } from '../../conversations/announcement.ts';
import { filtersOf, isOfFew } from '../../conversations/audience.ts';
import { describeAudience } from '../../conversations/describe-audience.ts';
import { FEW } from '../../conversations/small-counts.ts';
import { type Report, reportOf } from '../../functions/runtime/announcement-report.ts';
import { writeCsv } from '../../functions/runtime/export-csv.ts';
import { channelWord, progressLines } from '../../functions/runtime/progress-words.ts';
import { type ReportedLine, reportRows, shownLines, sumOf } from '../../functions/runtime/report-rows.ts';
import { createLedger } from '../../functions/store/ledger.ts';
import { readArgs } from '../command/read-args.ts';
import { Refused } from '../command/refused.ts';
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
      ...(isOfFew(report.progress.planned, announcement.audience)
        ? []
        : [...shownLines(report.lines, announcement).map(lineOf), ...priceLines(report, announcement)]),
    ];
    console.log(lines.join('\n'));
    if (csv === undefined) return;
    await writeCsv(reportRows(report, announcement), createWriteStream(csv, { flags: 'wx' })).catch(
      (error) => {
        const why = error.code === 'EEXIST' ? 'il existe déjà' : `${error.code}`;
        throw new Refused(`le fichier « ${csv} » n'a pas été écrit: ${why}`, { cause: error });
      },
    );
    console.log(`écrit dans ${csv}`);
  });
}

function read(args: string[]): { id: string; csv?: string } {
  const { values, positionals } = readArgs(args, { csv: { type: 'string' } }, USAGE);
  const [id, ...more] = positionals;
  if (id === undefined || more.length > 0 || values.csv === '') throw new Refused(USAGE);
  return { id, ...values };
}

function lineOf({ few, channel, language, ...line }: ReportedLine): string {
  const name = `  ${channelWord(channel)}, ${language}`;
  if (few) return `${name}: moins de ${FEW} ou non montré`;
  const { planned, reached, delivered, failed, held, replied, stopped, done, parts } = line;
  return `${name}: ${people(planned)}, ${reached} parties (${delivered} remises), ${failed} en échec, ${held} retenues; ${replied} ont écrit, ${stopped} STOP${done > 0 ? `, ${done} sondages finis` : ''}; ${parts} ${parts > 1 ? 'parties payées' : 'partie payée'}, ${euros(line.euros)}`;
}

function priceLines({ lines }: Report, { estimate, audience }: Announcement): string[] {
  const unpriced = sumOf(lines, 'unpriced');
  return [
    `coût: ${sumOf(lines, 'parts')} parties prises par les opérateurs, ${euros(sumOf(lines, 'euros'))} aux prix du fichier de la ville; leur facture fait foi`,
    ...(unpriced > 0 ? [`sans prix dans le fichier de la ville (prices): ${unpriced} parties`] : []),
    estimate && isOfFew(estimate.people, audience)
      ? `prévu à la programmation: moins de ${FEW} personnes`
      : estimate
        ? `prévu à la programmation: ${people(estimate.people)}, ${estimate.parts} parties, ${euros(estimate.euros)}`
        : "prévu à la programmation: rien, l'annonce suit d'un événement ou a été programmée avant ce calcul",
  ];
}
