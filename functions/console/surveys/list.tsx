/** Every survey there is: those that can be answered first. */
import { fullDate } from '../../../conversations/hours.ts';
import { languageName } from '../../../conversations/preview/transcript.ts';
import type { Survey } from '../../../conversations/survey.ts';
import { Empty, State, Table } from '../list.tsx';
import { ROOT } from '../navigation.ts';
import type { Asked, Page } from '../page.ts';
import { may } from '../roles.ts';
import { pathOf, STANDINGS, type Standing, sees, standingOf } from './standing.ts';

const ORDER: Standing[] = ['open', 'coming', 'over'];

export async function showSurveys({ deps, agent, now }: Asked): Promise<Page> {
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
  return {
    title: 'Sondages',
    purpose: 'Ce que la ville demande aux habitants : écrire, vérifier, ouvrir et clore.',
    body: (
      <>
        {surveys.length === 0 ? (
          <Empty>
            <p>Il n’y a pas encore de sondage.</p>
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
