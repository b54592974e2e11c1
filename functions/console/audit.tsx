/** The log of what staff did and looked at. */
import { inParis } from '../../conversations/hours.ts';
import { createAuditStore } from '../store/audit.ts';
import { Button, Field } from './forms.tsx';
import { Empty, Pager, pageOf, ROWS, Table } from './list.tsx';
import { ROOT } from './navigation.ts';
import type { Asked, Page, Route } from './page.ts';
import { at } from './said.ts';
import { Who } from './who.tsx';

const PATH = `${ROOT}/journal`;
const MONTH = /^20\d{2}-(0[1-9]|1[0-2])$/;

async function show({ deps, query, now }: Asked): Promise<Page> {
  const given = query.get('mois') ?? '';
  const month = MONTH.test(given) ? given : inParis(now).date.slice(0, 7);
  const entries = createAuditStore(deps.db).month(month, ROWS + 1, query.get('apres') ?? undefined);
  const { items, next } = await pageOf(entries, ({ place }) => place);
  return {
    title: 'Journal',
    purpose: 'Qui a consulté, modifié, envoyé ou emporté quoi. Gardé un an, et personne ne peut l’effacer.',
    body: (
      <>
        <form method="get" action={PATH} class="row">
          <Field
            name="mois"
            label="Mois"
            value={month}
            hint="Année et mois, par exemple 2026-11"
            required
            attributes={{ pattern: '20[0-9]{2}-[0-9]{2}' }}
          />
          <Button quiet>Afficher</Button>
        </form>
        {items.length === 0 ? (
          <Empty>
            <p>Rien n’a été noté ce mois-ci.</p>
          </Empty>
        ) : (
          <Table caption={`Journal de ${month}`} heads={['Quand', 'Qui', 'Quoi', 'Sur']}>
            {items.map((entry) => (
              <tr>
                <td>{at(entry.at, now)}</td>
                <td>
                  <Who id={entry.who} among={items.map(({ who }) => who)} />
                </td>
                <td>{entry.what}</td>
                <td>{entry.about ?? ''}</td>
              </tr>
            ))}
          </Table>
        )}
        <Pager
          path={PATH}
          query={
            new URLSearchParams({
              mois: month,
              ...(query.get('apres') && { apres: query.get('apres') as string }),
            })
          }
          next={next}
        />
      </>
    ),
  };
}

export const auditRoutes: Route[] = [{ method: 'GET', path: PATH, right: 'audit.read', make: show }];
