/** Every list: the quartiers', and those that staff made for a purpose. */
import { allLists, BASES } from '../../runtime/city-lists.ts';
import { Table } from '../list.tsx';
import type { Asked, Page, Route } from '../page.ts';
import { may } from '../roles.ts';
import { at, typeset } from '../said.ts';
import { addressOf, LISTS } from './parts.ts';

async function show({ deps, agent, now }: Asked): Promise<Page> {
  const lists = await allLists(deps);
  const cleaned = await deps.lists.lastCleaned();
  return {
    title: 'Listes',
    purpose: 'À qui la ville peut écrire : les quartiers, et les listes que vos services ont créées.',
    moves: true,
    body: (
      <>
        {may(agent.role, 'lists.write') && (
          <p class="actions">
            <a class="button main" href={`${LISTS}/_nouvelle`}>
              Créer une liste
            </a>
          </p>
        )}
        <Table caption="Listes" heads={['Liste', 'À quoi elle sert', { name: 'Inscrits', number: true }]}>
          {lists.map(({ id, name, purpose, basis, plain }) => (
            <tr>
              <th scope="row">
                <a href={addressOf(id)}>{name}</a>
                {plain && <span class="soft"> questions simples</span>}
              </th>
              <td>{purpose ? `${purpose} (${typeset(BASES[basis ?? 'consent'])})` : 'Liste de la ville'}</td>
              <td class="number">
                <a
                  href={addressOf(id)}
                  hx-get={addressOf(id, 'nombre')}
                  hx-trigger="revealed"
                  hx-swap="outerHTML"
                >
                  Compter<span class="hidden"> les inscrits de {name}</span>
                </a>
              </td>
            </tr>
          ))}
        </Table>
        {cleaned && (
          <p class="soft">
            Dernier nettoyage : {at(cleaned.at, now)}. Contacts oubliés : {cleaned.forgotten} ; injoignables
            retirés des listes : {cleaned.unreachable}.
          </p>
        )}
      </>
    ),
  };
}

export const allRoutes: Route[] = [{ method: 'GET', path: LISTS, right: 'lists.read', make: show }];
