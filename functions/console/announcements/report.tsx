/** What became of an announcement, to read and to keep. No resident stands in it. */
import type { Announcement } from '../../../conversations/announcement.ts';
import { isOfFew } from '../../../conversations/audience.ts';
import { languageName } from '../../../conversations/describe-audience.ts';
import { FEW } from '../../../conversations/small-counts.ts';
import { type Report, reportOf } from '../../runtime/announcement-report.ts';
import { announcing } from '../../runtime/announcing.ts';
import { csvOf } from '../../runtime/export-csv.ts';
import { guardedProgress } from '../../runtime/guarded-progress.ts';
import type { Answer } from '../../runtime/http.ts';
import { channelWord } from '../../runtime/progress-words.ts';
import { reportRows, shownLines, sumOf } from '../../runtime/report-rows.ts';
import { Empty, Facts, Table } from '../list.tsx';
import { type Asked, download, type Page, type Route } from '../page.ts';
import { counted, euros, figure } from '../said.ts';
import { found } from './found.ts';
import { isGuarded, ProgressNow } from './progress.tsx';
import { addressOf, PATH } from './words.ts';

const reported = ({ deps }: Asked, announcement: Announcement): Promise<Report> =>
  reportOf(announcement, { ledger: announcing(deps).ledger, city: deps.world.city });

async function show(asked: Asked): Promise<Page> {
  const { announcement } = await found(asked);
  const { id, started } = announcement;
  const about = {
    title: `Bilan de ${id}`,
    purpose: 'Ce qui est arrivé aux messages, ce que les habitants ont fait ensuite, et ce que cela a coûté.',
    above: { title: `Annonce ${id}`, href: addressOf(id) },
  };
  if (!started)
    return {
      ...about,
      body: (
        <Empty>
          <p>L’annonce n’est pas partie : son bilan commence avec le premier message.</p>
        </Empty>
      ),
    };
  const report = await reported(asked, announcement);
  return {
    ...about,
    moves: true,
    body: (
      <>
        <ProgressNow announcement={announcement} progress={report.progress} agent={asked.agent} />
        {!isOfFew(report.progress.planned, announcement.audience) && (
          <>
            {!isGuarded(asked.agent) && (
              <>
                <h2>Par canal et langue</h2>
                <Lines {...{ report, announcement, city: asked.deps.world.city }} />
              </>
            )}
            <h2>Coût</h2>
            <Costs
              report={report}
              announcement={announcement}
              paid={!isGuarded(asked.agent) || guardedProgress(report.progress).whole}
            />
          </>
        )}
        <p class="actions">
          <a class="button" href={`${addressOf(id)}/bilan.csv`}>
            Télécharger en CSV
          </a>
          {!isGuarded(asked.agent) && (
            <a class="button quiet" href={`${addressOf(id)}/retenus`}>
              Qui a été retenu
            </a>
          )}
        </p>
      </>
    ),
  };
}

const HEADS = [
  'Personnes',
  'Parties',
  'Remises',
  'Échecs',
  'Retenues',
  'Ont écrit',
  'STOP',
  'Sondages finis',
  'Coût',
];

function Lines({
  report: { lines },
  announcement,
  city,
}: {
  report: Report;
  announcement: Announcement;
  city: Parameters<typeof languageName>[0];
}) {
  return (
    <Table
      caption="Par canal et langue"
      heads={['Canal et langue', ...HEADS.map((name) => ({ name, number: true as const }))]}
    >
      {shownLines(lines, announcement).map((line) => (
        <tr>
          <th scope="row">
            {channelWord(line.channel)}
            {line.language && `, ${languageName(city, line.language)}`}
          </th>
          {line.few ? (
            <td colspan={HEADS.length}>moins de {FEW}, ou non montré</td>
          ) : (
            <>
              {[line.planned, line.reached, line.delivered, line.failed, line.held].map((count) => (
                <td class="number">{figure(count)}</td>
              ))}
              {[line.replied, line.stopped, line.done].map((count) => (
                <td class="number">{figure(count)}</td>
              ))}
              <td class="number">{euros(line.euros)}</td>
            </>
          )}
        </tr>
      ))}
    </Table>
  );
}

/** `paid`: whether what has been sent may be told, which says how many it has been sent to. */
function Costs({
  report: { lines },
  announcement: { estimate, audience },
  paid,
}: {
  report: Report;
  announcement: Announcement;
  paid: boolean;
}) {
  const unpriced = sumOf(lines, 'unpriced');
  return (
    <Facts
      facts={[
        [
          'Payé',
          paid
            ? `${counted(sumOf(lines, 'parts'), 'partie', 'parties')}, ${euros(sumOf(lines, 'euros'))} aux prix des réglages ; la facture de l’opérateur fait foi`
            : 'non montré : il dirait de combien peu de personnes sont des nombres ci-dessus',
        ],
        ['Sans prix', paid && unpriced > 0 ? counted(unpriced, 'partie', 'parties') : undefined],
        [
          'Prévu',
          estimate && isOfFew(estimate.people, audience)
            ? `moins de ${FEW} personnes`
            : estimate
              ? `${counted(estimate.people, 'personne', 'personnes')}, ${counted(estimate.parts, 'partie', 'parties')}, ${euros(estimate.euros)}`
              : 'rien : elle suit d’un événement, ou a été programmée avant ce calcul',
        ],
      ]}
    />
  );
}

async function csv(asked: Asked): Promise<Answer> {
  const { announcement } = await found(asked);
  const rows = reportRows(await reported(asked, announcement), announcement, isGuarded(asked.agent));
  await asked.note('bilan d’annonce téléchargé', announcement.id);
  return download(`bilan-${announcement.id}.csv`, 'text/csv; charset=utf-8', await csvOf(rows));
}

export const reportRoutes: Route[] = [
  { method: 'GET', path: `${PATH}/:id/bilan`, right: 'announcements.read', make: show },
  { method: 'GET', path: `${PATH}/:id/bilan.csv`, right: 'announcements.read', make: csv },
];
