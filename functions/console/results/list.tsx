/** The surveys whose results there are to read. */

import { fullDate } from '../../../conversations/hours.ts';
import { isOpen } from '../../../conversations/survey-steps.ts';
import { Empty, State, Table } from '../list.tsx';
import { ROOT } from '../navigation.ts';
import type { Asked, Page } from '../page.ts';
import { sees } from '../surveys/standing.ts';
import { topicOf } from './parts.ts';

export const RESULTS = `${ROOT}/resultats`;

export function showList({ deps, agent, now }: Asked): Page {
  const surveys = deps.world.surveys
    .all()
    .filter((survey) => sees(agent, survey))
    .sort((a, b) => (a.closes < b.closes ? 1 : -1));
  return {
    title: 'Résultats',
    purpose: 'Ce que les habitants ont répondu, sondage par sondage, au fur et à mesure.',
    body:
      surveys.length === 0 ? (
        <Empty>
          <p>Il n’y a pas encore de sondage.</p>
          <p>
            <a href={`${ROOT}/sondages`}>Écrire un premier sondage</a>
          </p>
        </Empty>
      ) : (
        <Table caption="Sondages" heads={['Sondage', 'État', 'Ouvert jusqu’au']}>
          {surveys.map((survey) => (
            <tr>
              <th scope="row">
                <a href={`${RESULTS}/${survey.key}`}>{topicOf(survey)}</a>
              </th>
              <td>
                {isOpen(survey, now) ? <State tone="going">ouvert</State> : <State tone="over">fermé</State>}
              </td>
              <td>{fullDate(survey.closes, 'fr')}</td>
            </tr>
          ))}
        </Table>
      ),
  };
}
