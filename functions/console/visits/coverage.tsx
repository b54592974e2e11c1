/** Which quartiers the mayor has been to, and which wait. */
import { places } from '../../../conversations/city.ts';
import { fullDate } from '../../../conversations/hours.ts';
import { coverage } from '../../../conversations/visit-acts.ts';
import { State, Table } from '../list.tsx';
import type { Asked, Page, Route } from '../page.ts';
import { may } from '../roles.ts';
import { aroundOf } from './found.ts';
import { PATH, quartierName } from './words.ts';

async function show(asked: Asked): Promise<Page> {
  const { city, visits, now } = await aroundOf(asked);
  const rows = coverage(
    places(city).map(({ id }) => id),
    visits,
    now,
  );
  return {
    title: 'Quartiers visités dans l’année',
    purpose: 'Chaque quartier est visité au moins une fois en douze mois.',
    above: { title: 'Visites', href: PATH },
    body: (
      <Table
        caption="Par quartier"
        heads={['Quartier', 'Dernière visite', 'Prochaine visite', { hidden: 'À prévoir' }]}
      >
        {rows.map(({ quartier, last, next, uncovered }) => (
          <tr>
            <th scope="row">{quartierName(city, quartier)}</th>
            <td>{last ? fullDate(last, 'fr') : '–'}</td>
            <td>{next ? fullDate(next, 'fr') : '–'}</td>
            <td>
              {uncovered && <State tone="waits">À prévoir</State>}{' '}
              {uncovered && may(asked.agent.role, 'visits.write') && (
                <a href={`${PATH}/nouvelle?quartier=${encodeURIComponent(quartier)}`}>Préparer</a>
              )}
            </td>
          </tr>
        ))}
      </Table>
    ),
  };
}

export const coverageRoutes: Route[] = [
  { method: 'GET', path: `${PATH}/couverture`, right: 'visits.read', make: show },
];
