/** Every survey there is: those that can be answered first. */
import { fullDate } from '../../../conversations/hours.ts';
import { languageName } from '../../../conversations/preview/transcript.ts';
import type { Survey } from '../../../conversations/survey.ts';
import type { KeptDraft } from '../../store/survey-drafts.ts';
import { Empty, pageOf, State, Table } from '../list.tsx';
import { ROOT } from '../navigation.ts';
import { type Asked, doneOf, type Page } from '../page.ts';
import { may } from '../roles.ts';
import { at } from '../said.ts';
import { Who } from '../who.tsx';
import { draftsOf } from './drafts.ts';
import { IMPORT_PATH, NEW_PATH, pathOf } from './paths.ts';
import { STANDINGS, type Standing, sees, standingOf } from './standing.ts';

const ORDER: Standing[] = ['open', 'coming', 'over'];

const DONE = { abandonne: 'Le brouillon est abandonné.' };

export async function showSurveys(asked: Asked): Promise<Page> {
  const { deps, agent, now, query } = asked;
  const surveys = deps.world.surveys
    .all()
    .filter((survey) => sees(agent, survey))
    .map((survey) => ({ survey, standing: standingOf(survey, now) }))
    .sort(
      (a, b) =>
        ORDER.indexOf(a.standing) - ORDER.indexOf(b.standing) ||
        b.survey.closes.localeCompare(a.survey.closes) ||
        a.survey.key.localeCompare(b.survey.key),
    );
  const results = may(agent.role, 'results.read');
  const writes = may(agent.role, 'surveys.write');
  const drafts = writes ? await draftsIn(asked) : [];
  return {
    title: 'Sondages',
    purpose: 'Ce que la ville demande aux habitants : écrire, vérifier, ouvrir et clore.',
    done: doneOf(query, DONE),
    body: (
      <>
        {writes && (
          <div class="actions">
            <a class="button main" href={NEW_PATH}>
              Nouveau sondage
            </a>
            <a class="button quiet" href={IMPORT_PATH}>
              Importer un formulaire
            </a>
          </div>
        )}
        {drafts.length > 0 && <Drafts drafts={drafts} now={now} />}
        {drafts.length > 0 && <h2>Publiés</h2>}
        {surveys.length === 0 ? (
          <Empty>
            <p>Il n’y a pas encore de sondage.{writes ? ' Commencez par « Nouveau sondage ».' : ''}</p>
          </Empty>
        ) : (
          <Table
            caption="Sondages"
            heads={[
              'Sujet',
              'État',
              'Dates',
              'Langues',
              'Mot-clé',
              { name: 'Révision', number: true },
              'Voir',
            ]}
          >
            {surveys.map(({ survey, standing }) => (
              <Row survey={survey} standing={standing} results={results} />
            ))}
          </Table>
        )}
      </>
    ),
  };
}

/** Whoever writes more of them than a page holds sees the first. */
async function draftsIn({ deps }: Asked): Promise<KeptDraft[]> {
  return (await pageOf(draftsOf(deps).all(), ({ draft }) => draft.survey.key)).items;
}

const Drafts = ({ drafts, now }: { drafts: KeptDraft[]; now: Date }) => (
  <>
    <h2>Brouillons</h2>
    <Table caption="Brouillons" heads={['Sujet', 'État', 'Langues', 'Enregistré']}>
      {drafts.map(({ draft: { survey, onto }, at: when, by }) => (
        <tr>
          <th scope="row">
            <a href={`${pathOf(survey.key)}/editer`}>{survey.topic?.[survey.base ?? 'fr'] || survey.key}</a>
          </th>
          <td>
            <State tone="plain">
              {onto === undefined ? 'Brouillon' : `Brouillon de la révision ${onto + 1}`}
            </State>
          </td>
          <td>{languagesInWords(survey.languages)}</td>
          <td>
            {at(when, now)} par <Who id={by} among={drafts.map((each) => each.by)} />
          </td>
        </tr>
      ))}
    </Table>
  </>
);

function Row({ survey, standing, results }: { survey: Survey; standing: Standing; results: boolean }) {
  const { key, topic, opens, closes, languages, keywords, revision } = survey;
  const { tone, name } = STANDINGS[standing];
  return (
    <tr>
      <th scope="row">
        <a href={pathOf(key)}>{topic.fr ?? topic[survey.base ?? ''] ?? key}</a>
      </th>
      <td>
        <State tone={tone}>{name}</State>
      </td>
      <td>{datesOf(opens, closes)}</td>
      <td>{languagesInWords(languages)}</td>
      <td>{keywords.join(', ')}</td>
      <td class="number">{revision}</td>
      <td>{results && <a href={`${ROOT}/resultats/${key}`}>Résultats</a>}</td>
    </tr>
  );
}

export const datesOf = (opens: string, closes: string): string =>
  `du ${fullDate(opens, 'fr')} au ${fullDate(closes, 'fr')}`;

/** All of few, the number of many. */
export const languagesInWords = (languages: string[]): string =>
  languages.length > 3 ? `${languages.length} langues` : languages.map(languageName).join(', ');
