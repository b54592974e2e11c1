/** What was answered to one survey: counts that move, a chart and a table for each question, groups beside each other. */
import { raw } from 'hono/html';
import { isOpen } from '../../../conversations/survey-steps.ts';
import {
  type QuestionResult,
  type Results,
  resultsOf,
  SMALL,
  shownGroups,
  sliceIn,
} from '../../runtime/results/results.ts';
import { FACETS, type Facet, slice } from '../../runtime/results/tokens.ts';
import { type Bar, barsSvg } from '../charts/bars.ts';
import { Button, Select } from '../forms.tsx';
import { Empty, Table } from '../list.tsx';
import type { Asked, Fragment, Page } from '../page.ts';
import { may } from '../roles.ts';
import { counted, figure, percent } from '../said.ts';
import { RESULTS } from './list.tsx';
import { type Counted, countedSurvey, FACET_NAMES, groupName, topicOf } from './parts.ts';

/** A relay sees its own language and nothing beside it. */
function scopeOf(
  { agent, query }: Asked,
  { sums }: Counted,
): { of: string; fixed: boolean; hidden: boolean } {
  const own = agent.role === 'relay' ? slice('language', agent.language ?? '') : undefined;
  const asked = own ?? query.get('groupe') ?? '';
  if (asked === '') return { of: '', fixed: false, hidden: false };
  return { of: asked, fixed: own !== undefined, hidden: sliceIn(sums, asked) === undefined };
}

export async function showSurvey(asked: Asked): Promise<Page> {
  const { deps, agent, params, query, now } = asked;
  const key = params.key as string;
  const found = await countedSurvey(deps, agent, key);
  const { survey, revisions, sums } = found;
  const { of, fixed, hidden } = scopeOf(asked, found);
  const compared = fixed ? undefined : FACETS.find((facet) => facet === query.get('comparer'));
  const results = resultsOf(hidden ? {} : sums, revisions, of);
  const { city } = deps.world;
  const groups = compared
    ? shownGroups(sums, compared).shown.map(({ value, people }) => ({
        name: groupName(city, compared, value),
        people,
        results: resultsOf(sums, revisions, slice(compared, value)),
      }))
    : [];
  return {
    title: `Résultats : ${topicOf(survey)}`,
    purpose: 'Les réponses comptées, question par question. Les nombres du haut avancent tout seuls.',
    above: { title: 'Résultats', href: RESULTS },
    ...(isOpen(survey, now) && { moves: true as const }),
    body: (
      <>
        <Counts counts={results} found={found} path={pathOf(key, asked)} polls={isOpen(survey, now)} />
        {!fixed && <Filter found={found} asked={asked} />}
        {hidden && (
          <p class="warning">
            Moins de {SMALL} personnes dans ce groupe, ou dans ce qui reste sans lui : ses réponses ne sont
            pas montrées, pour que personne ne soit reconnu.
          </p>
        )}
        {compared && (
          <p class="soft">
            {groups.length === 0
              ? `Aucun groupe n’a ${SMALL} réponses : il n’y a rien à comparer.`
              : `Comparaison par ${FACET_NAMES[compared].toLowerCase()} ; les groupes de moins de ${SMALL} personnes ne sont pas montrés. Les répondants ne sont pas tirés au sort : un écart n’est pas une preuve.`}
          </p>
        )}
        {!hidden && results.total === 0 && (
          <Empty>
            <p>Personne n’a encore répondu.</p>
            <p>
              Invitez une liste avec une{' '}
              <a href={`/console/annonces/nouvelle?sondage=${encodeURIComponent(key)}`}>annonce</a>, ou
              affichez le mot-clé du sondage.
            </p>
          </Empty>
        )}
        <p>
          <a href={`/console/sondages/${encodeURIComponent(key)}`}>Voir le sondage</a>
        </p>
        {may(agent.role, 'exports.answers') && (
          <p>
            <a href={`/console/exports?sondage=${encodeURIComponent(key)}`}>Exporter les réponses</a>
          </p>
        )}
        {results.total > 0 && <DropOff results={results} />}
        {results.total > 0 &&
          (await Promise.all(
            results.questions.map((question, index) =>
              drawn(
                question,
                groups.map((group) => ({
                  ...group,
                  question: group.results.questions[index] as QuestionResult,
                })),
                {
                  key,
                  words: may(agent.role, 'words.read'),
                },
              ),
            ),
          ))}
      </>
    ),
  };
}

/** The counts alone, as they are now. */
export async function showCounts(asked: Asked): Promise<Fragment> {
  const key = asked.params.key as string;
  const found = await countedSurvey(asked.deps, asked.agent, key);
  const { of, hidden } = scopeOf(asked, found);
  const counts = resultsOf(hidden ? {} : found.sums, found.revisions, of);
  return {
    fragment: (
      <Counts
        counts={counts}
        found={found}
        path={pathOf(key, asked)}
        polls={isOpen(found.survey, asked.now)}
      />
    ),
  };
}

function pathOf(key: string, { query }: Asked): string {
  const group = query.get('groupe');
  return `${RESULTS}/${key}/compte${group ? `?${new URLSearchParams({ groupe: group })}` : ''}`;
}

const EVERY = 'every 10s';

function Counts({
  counts,
  found,
  path,
  polls,
}: {
  counts: Results;
  found: Counted;
  path: string;
  polls: boolean;
}) {
  const { total, done, left } = counts;
  return (
    <div
      id="compte"
      {...(polls && { 'hx-get': path, 'hx-trigger': EVERY, 'hx-swap': 'outerHTML', 'aria-live': 'polite' })}
    >
      <ul class="figures">
        <li>
          <p class="figure">{figure(total)}</p>
          <p>{total >= 2 ? 'personnes ont répondu' : 'personne a répondu'}</p>
        </li>
        <li>
          <p class="figure">{percent(done, total)}</p>
          <p>sont allées au bout</p>
        </li>
        <li>
          <p class="figure">{figure(left)}</p>
          <p>{left >= 2 ? 'se sont arrêtées avant' : 's’est arrêtée avant'}</p>
        </li>
      </ul>
      <p class="soft">Qui est en train de répondre n’est compté qu’à la fin.</p>
      {found.behind && <p class="soft">Des réponses toutes récentes ne sont pas encore comptées.</p>}
    </div>
  );
}

function Filter({ found, asked: { deps, params, query } }: { found: Counted; asked: Asked }) {
  const { city } = deps.world;
  const groups = FACETS.flatMap((facet) =>
    shownGroups(found.sums, facet).shown.map(({ value, people }) => ({
      value: slice(facet, value),
      label: `${FACET_NAMES[facet]} : ${groupName(city, facet, value)} (${figure(people)})`,
    })),
  );
  return (
    <form method="get" action={`${RESULTS}/${params.key}`} class="row">
      <Select
        name="groupe"
        label="Ne montrer que"
        value={query.get('groupe') ?? ''}
        choices={[{ value: '', label: 'tout le monde' }, ...groups]}
        required
      />
      <Select
        name="comparer"
        label="Comparer par"
        value={query.get('comparer') ?? ''}
        choices={[
          { value: '', label: 'ne pas comparer' },
          ...FACETS.map((facet: Facet) => ({ value: facet, label: FACET_NAMES[facet].toLowerCase() })),
        ]}
        required
      />
      <Button quiet>Afficher</Button>
    </form>
  );
}

/** Where people leave: the question with most of them is named (participation.md 6.5). */
function DropOff({ results: { questions, left } }: { results: Results }) {
  let before = 0;
  const rows = questions.map((question) => {
    const gone = question.gaps.abandoned ?? 0;
    const here = Math.max(0, gone - before);
    before = Math.max(before, gone);
    return { question, here };
  });
  const worst = rows.reduce((most, row) => (row.here > most.here ? row : most), {
    here: 0,
  } as (typeof rows)[number]);
  if (left === 0 || worst.here === 0) return null;
  return (
    <p>
      On s’arrête le plus souvent à la question « {worst.question.text} » :{' '}
      {counted(worst.here, 'personne', 'personnes')}.
    </p>
  );
}

const GAP_NAMES = {
  skipped: 'ont passé la question',
  unknown: 'réponses non comprises',
  abandoned: 's’étaient arrêtées avant',
  erased: 'réponses effacées',
  notAsked: 'n’ont pas eu la question',
} as const;

const READS = {
  first: 'Combien l’ont mis en premier.',
  several: 'Plusieurs réponses possibles : le total peut dépasser 100 %.',
} as const;

interface Beside {
  name: string;
  people: number;
  question: QuestionResult;
}

async function drawn(
  question: QuestionResult,
  beside: Beside[],
  { key, words }: { key: string; words: boolean },
) {
  const { id, name, text, rows, answered, gaps, mean, reads, retired } = question;
  const all = beside.length > 0;
  const groups = beside.filter((each) => !each.question.few);
  const bars = (index: number): Bar[] =>
    all
      ? groups.map((group) => {
          const row = group.question.rows[index];
          const share = row && row.base > 0 ? (100 * row.count) / row.base : 0;
          return { group: group.name, value: share, said: percent(row?.count ?? 0, row?.base ?? 0) };
        })
      : [
          {
            value: rows[index]?.count ?? 0,
            said: `${figure(rows[index]?.count ?? 0)} (${percent(rows[index]?.count ?? 0, rows[index]?.base ?? 0)})`,
          },
        ];
  // Numbers of groups fall into ranges of their own: they stand in the whole's alone.
  const drawable =
    rows.length > 0 &&
    (!all || groups.length > 0) &&
    (!all || groups.every((group) => group.question.rows.length === rows.length));
  const svg =
    drawable &&
    (await barsSvg({
      id: `g-${id.replace(/\W/g, '-')}`,
      title: text,
      rows: rows.map(({ label }, index) => ({ label, bars: bars(index) })),
      ...(all && { most: 100 }),
    }));
  return (
    <section class="question">
      <h2 id={name}>
        {name.slice(1)}. {text}
      </h2>
      <p class="soft">
        {counted(answered, 'réponse', 'réponses')}
        {Object.entries(gaps).map(
          ([why, count]) => ` · ${figure(count)} ${GAP_NAMES[why as keyof typeof GAP_NAMES]}`,
        )}
        {mean !== undefined && ` · moyenne ${mean.toLocaleString('fr-FR', { maximumFractionDigits: 1 })}`}
        {retired !== undefined && ` · n’est plus posée depuis la révision ${retired + 1}`}
      </p>
      {(question.few || (all && groups.length < beside.length)) && (
        <p class="soft">
          {question.few
            ? 'Trop peu de réponses dans ce groupe pour être montrées.'
            : 'Les groupes qui ont trop peu répondu à cette question ne sont pas montrés.'}
        </p>
      )}
      {reads && <p class="soft">{READS[reads]}</p>}
      {question.words && words && (
        <p>
          <a href={`${RESULTS}/${key}/textes?${new URLSearchParams({ question: id })}`}>Lire les réponses</a>
        </p>
      )}
      {svg && (
        <div class="columns">
          <div class="chart" hx-disable>
            {raw(svg)}
          </div>
          <Table
            caption={`En chiffres : ${text}`}
            heads={[
              'Réponse',
              ...(all
                ? groups.map((each) => ({ name: each.name, number: true as const }))
                : [
                    { name: 'Nombre', number: true as const },
                    { name: 'Part', number: true as const },
                  ]),
            ]}
          >
            {rows.map((row, index) => (
              <tr>
                <th scope="row">{row.label}</th>
                {all ? (
                  bars(index).map(({ said }) => <td class="number">{said}</td>)
                ) : (
                  <>
                    <td class="number">{figure(row.count)}</td>
                    <td class="number">{percent(row.count, row.base)}</td>
                  </>
                )}
              </tr>
            ))}
          </Table>
        </div>
      )}
    </section>
  );
}
